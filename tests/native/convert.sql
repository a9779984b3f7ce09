-- A partition becomes a table, a table a partition: rows go with it, and what
-- the table is like is known, whether its rows come at once or later.
-- since: 10.7
-- except: 11.4 (11.4.5 fails an assertion of InnoDB, field->col->mtype == type)
-- errors: 1507
CREATE TABLE p (i INT PRIMARY KEY, u UUID, n INET6, d DECIMAL(9,
    3) UNSIGNED, e ENUM('é', 'b'), ts TIMESTAMP(2) NULL, b BIT(9),
    g INT AS (i + 1) STORED, v INT AS (i * 2), c VARCHAR(9) COLLATE latin1_bin,
    j JSON, CHECK (i > 0), KEY k (u))
    PARTITION BY RANGE (i) (PARTITION p0 VALUES LESS THAN (10),
    PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (30));
INSERT INTO p (i, u, n, d, e, ts, b, c, j) VALUES
    (1, UUID(), '::1', 1.5, 'é', '2001-02-03 04:05:06.78', b'101', 'x', '[1]'),
    (11, UUID(), '::2', 2.5, 'b', NULL, NULL, 'é', NULL),
    (21, UUID(), NULL, 3, 'b', NULL, NULL, 'é', NULL);
ALTER TABLE p CONVERT PARTITION p0 TO TABLE t;
INSERT INTO t (i, u, n, d, e) VALUES (100, UUID(), '::3', 9, 'é');
UPDATE t SET e = 'b', u = UUID() WHERE i = 1;
ALTER TABLE t ADD x UUID, DROP COLUMN n;
INSERT INTO t (i, u) VALUES (101, UUID());
DELETE FROM t WHERE i > 99;
ALTER TABLE t DROP x, ADD n INET6 AFTER u;
CREATE DATABASE d2;
RENAME TABLE t TO d2.t;
UPDATE d2.t SET i = i + 30;
ALTER TABLE p CONVERT TABLE d2.t TO PARTITION p3 VALUES LESS THAN (40);
ALTER TABLE p CONVERT PARTITION p1 TO TABLE d2.s;
INSERT INTO p (i, u) VALUES (22, UUID());
UPDATE d2.s SET u = UUID(), i = 12;
ALTER TABLE d2.s ADD PRIMARY KEY IF NOT EXISTS (i), COMMENT 'x';
CREATE TABLE w LIKE d2.s;
INSERT INTO w (i, u) VALUES (1, UUID());
CREATE TABLE h (i INT, u UUID) PARTITION BY LIST (i) (PARTITION a VALUES IN (1),
    PARTITION b VALUES IN (2));
INSERT INTO h VALUES (1, UUID()), (2, UUID());
ALTER TABLE h CONVERT PARTITION none TO TABLE h3;
ALTER TABLE h CONVERT PARTITION a TO TABLE `h ``2`;
INSERT INTO `h ``2` VALUES (9, UUID());
