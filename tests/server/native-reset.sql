-- A server as if nothing had been done on it, but for its log: an empty
-- database test and nothing else.
SET sql_log_bin = 0, foreign_key_checks = 0;
DELIMITER //
BEGIN NOT ATOMIC
	FOR d IN (SELECT SCHEMA_NAME AS n FROM information_schema.SCHEMATA
	    WHERE NOT FIND_IN_SET(SCHEMA_NAME,
	    'information_schema,mysql,performance_schema,sys')) DO
		EXECUTE IMMEDIATE CONCAT('DROP DATABASE `',
		    REPLACE(d.n, '`', '``'), '`');
	END FOR;
	CREATE DATABASE test;
END//
