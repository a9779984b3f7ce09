-- Labels of bytes, also in a copy.
-- modes: live files copy
CREATE TABLE t (a INT PRIMARY KEY, e ENUM('x','y','é') CHARACTER SET binary DEFAULT 'x', s SET('p','q ','r') CHARACTER SET binary);
INSERT INTO t VALUES (1,1,1),(2,3,'p,q '),(3,NULL,''),(4,2,7);
