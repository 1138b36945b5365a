-- Everything that is read in it belongs to one moment.
begin isolation level repeatable read read only
