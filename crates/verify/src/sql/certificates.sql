select certificate from device where certificate is not null
