-- Rows that break a CHECK were written with check_constraint_checks=0.
-- modes: live files copy
CREATE TABLE t (id INT PRIMARY KEY, a INT CHECK (a>0));
SET check_constraint_checks=0;
INSERT INTO t VALUES (1,-1);
SET check_constraint_checks=1;
ALTER TABLE t ADD c INT;
