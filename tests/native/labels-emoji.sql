-- Labels that information_schema shows as '?', beside one that is empty: which
-- of them is meant, nothing tells, and a target that mariadb-dump made has '?'.
-- modes: live
-- refused: 65 that information_schema shows as
SET sql_mode='';
CREATE TABLE t (a INT PRIMARY KEY, e ENUM('a','😀','','?'));
INSERT INTO t VALUES (1,1),(3,3),(4,0),(5,2);
