-- tail: --json embed
CREATE TABLE j2 (k VARCHAR(30) PRIMARY KEY, l LONGTEXT CHARACTER SET latin1 CHECK (json_valid(l)));
INSERT INTO j2 VALUES ('a','"e"'),('b','[1]'),('c','{"x":"é"}');
