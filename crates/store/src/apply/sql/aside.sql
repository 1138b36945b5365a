select seq, header, reason from journal where state = 2 order by ordinal desc
