-- 11.8 logs no column of a row that is nothing but generated, and so not how many
-- they are; a replica takes all of them for one.
-- since: 11.8
-- refused: 65 a row event without a column
CREATE TABLE g (a INT AS (1) STORED, b INT AS (2) VIRTUAL);
INSERT INTO g () VALUES (),(),();
DELETE FROM g LIMIT 2;
