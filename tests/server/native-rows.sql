-- The rows of all tables that are not the server's own, a line each; columns by
-- their names, rows by their values.  @only is a regular expression of db.table.
SET NAMES utf8mb4, group_concat_max_len = 1000000;
SET @own = 'information_schema,mysql,performance_schema,sys,cdc';
DELIMITER //
BEGIN NOT ATOMIC
	FOR t IN (SELECT TABLE_SCHEMA AS d, TABLE_NAME AS n,
	    GROUP_CONCAT('COALESCE(HEX(CONCAT(`', REPLACE(COLUMN_NAME, '`',
	    '``'), '`)), ''NULL'')' ORDER BY COLUMN_NAME) AS v,
	    GROUP_CONCAT(COLUMN_NAME ORDER BY COLUMN_NAME) AS c
	    FROM information_schema.COLUMNS JOIN information_schema.TABLES
	    USING (TABLE_SCHEMA, TABLE_NAME) WHERE TABLE_TYPE = 'BASE TABLE'
	    AND NOT FIND_IN_SET(TABLE_SCHEMA, @own) AND
	    CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) RLIKE @only
	    GROUP BY TABLE_SCHEMA, TABLE_NAME ORDER BY d, n) DO
		SELECT t.d, t.n, t.c;
		EXECUTE IMMEDIATE CONCAT('SELECT CONCAT_WS('','', ', t.v,
		    ') AS r FROM `', REPLACE(t.d, '`', '``'), '`.`',
		    REPLACE(t.n, '`', '``'), '` ORDER BY r');
	END FOR;
END//
DELIMITER ;
