-- Double quotes are quotes of text.
CREATE TABLE t (id INT PRIMARY KEY, e ENUM("a",'b',"c""d",'e\'f') DEFAULT "a", s SET("x","y z") COMMENT "com", v VARCHAR(10) DEFAULT "hel""lo" COMMENT 'it''s', n INT DEFAULT "5") COMMENT="tab";
INSERT INTO t(id,e,s) VALUES (1,1,3),(2,3,1),(3,4,0);
