select id from directory where what = 'server'
