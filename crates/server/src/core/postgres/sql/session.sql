-- Once per connection. A server process that hangs must not hold an organization's head for ever.
set statement_timeout = '30s';
set lock_timeout = '8s';
set idle_in_transaction_session_timeout = '30s'
