grant select on schema_version to praxis_app
