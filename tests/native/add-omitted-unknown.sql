-- A default that nothing in the stream says: of a TIMESTAMP, whose time zone is
-- not told.  The target, which add made, has none.
-- modes: add
-- refused: 65 without column b, whose default at the source is not known
SET binlog_row_image=MINIMAL, time_zone='+03:00';
CREATE TABLE t (id INT PRIMARY KEY, a INT DEFAULT 5, b TIMESTAMP NOT NULL DEFAULT '2020-01-02 03:04:05');
INSERT INTO t (id) VALUES (1);
