-- file plugin/connect/connect/t/vcol.test
create table t1 (
  #linenum int(6) not null default 0 special=rowid,
  name char(12) not null,
  city char(11) not null,
  birth date not null date_format='DD/MM/YYYY',
  hired date not null date_format='DD/MM/YYYY' flag=36,
  agehired int(3) as (floor(datediff(hired,birth)/365.25))
  )
engine=CONNECT table_type=FIX file_name='boys.txt' mapped=YES lrecl=47 ending=1;
drop table t1;
create table t1 (
  #linenum int(6) not null default 0 special=rowid,
  name char(12) not null,
  city char(11) not null,
  birth date not null date_format='DD/MM/YYYY',
  hired date not null date_format='DD/MM/YYYY' flag=36,
  agehired int(3) as (floor(datediff(hired,birth)/365.25)),
  index (agehired)
  )
engine=CONNECT table_type=FIX file_name='boys.txt' mapped=YES lrecl=47 ending=1;
-- file plugin/rocksdb/rocksdb/t/bloomfilter4.test
CREATE TABLE t1 (
  `id1` int unsigned NOT NULL DEFAULT '0',
  `id2` int unsigned NOT NULL DEFAULT '0',
  `link_type` int unsigned NOT NULL DEFAULT '0',
  `visibility` tinyint NOT NULL DEFAULT '0',
  `data` varchar(255) NOT NULL DEFAULT '',
  `time` int unsigned NOT NULL DEFAULT '0',
  `version` int unsigned NOT NULL DEFAULT '0',
  PRIMARY KEY (id1, link_type, visibility, id2) COMMENT 'rev:cf_link_pk'
) ENGINE=RocksDB DEFAULT COLLATE=latin1_bin;
-- file plugin/mroonga/mroonga/storage/t/column_set_24_with_index.test
DROP TABLE IF EXISTS items;
CREATE TABLE items (
  name VARCHAR(255),
  colors SET("black",
             "dim gray",
             "dark gray",
             "gray",
             "light gray",
             "gainsboro",
             "white smoke",
             "white",

             "red",
             "orange red",
             "dark orange",
             "orange",
             "gold",
             "yellow",
             "chartreuse",
             "lawn green",

             "green",
             "spring green",
             "medium spring green",
             "cyan",
             "deep sky blue",
             "blue",
             "medium blue",
             "dark violet"),
  INDEX (colors)
) DEFAULT CHARSET=utf8;
DROP TABLE items;
-- file main/ps_5merge.test
use test;
drop table if exists t1, t1_1, t1_2,
     t9, t9_1, t9_2;
rename table t1 to t1_1, t9 to t9_1;
rename table t1 to t1_2, t9 to t9_2;
create table t1
(
  a int, b varchar(30),
  primary key(a)
) ENGINE = MERGE UNION=(t1_1,t1_2)
INSERT_METHOD=FIRST;
create table t9
(
  c1  tinyint, c2  smallint, c3  mediumint, c4  int,
  c5  integer, c6  bigint, c7  float, c8  double,
  c9  double precision, c10 real, c11 decimal(7, 4), c12 numeric(8, 4),
  c13 date, c14 datetime, c15 timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, c16 time,
  c17 year, c18 tinyint, c19 bool, c20 char,
  c21 char(10), c22 varchar(30), c23 tinyblob, c24 tinytext,
  c25 blob, c26 text, c27 mediumblob, c28 mediumtext,
  c29 longblob, c30 longtext, c31 enum('one', 'two', 'three'),
  c32 set('monday', 'tuesday', 'wednesday'),
  primary key(c1)
)  ENGINE = MERGE UNION=(t9_1,t9_2)
INSERT_METHOD=FIRST;
drop table t1, t9;
create table t1
(
  a int, b varchar(30),
  primary key(a)
) ENGINE = MERGE UNION=(t1_1,t1_2)
INSERT_METHOD=LAST;
create table t9
(
  c1  tinyint, c2  smallint, c3  mediumint, c4  int,
  c5  integer, c6  bigint, c7  float, c8  double,
  c9  double precision, c10 real, c11 decimal(7, 4), c12 numeric(8, 4),
  c13 date, c14 datetime, c15 timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, c16 time,
  c17 year, c18 tinyint, c19 bool, c20 char,
  c21 char(10), c22 varchar(30), c23 tinyblob, c24 tinytext,
  c25 blob, c26 text, c27 mediumblob, c28 mediumtext,
  c29 longblob, c30 longtext, c31 enum('one', 'two', 'three'),
  c32 set('monday', 'tuesday', 'wednesday'),
  primary key(c1)
)  ENGINE = MERGE UNION=(t9_1,t9_2)
INSERT_METHOD=LAST;
drop table t1, t1_1, t1_2, 
           t9_1, t9_2, t9;
-- file suite/galera/t/mdev-31285.test
CREATE TABLE t ENGINE=InnoDB WITH SYSTEM VERSIONING AS SELECT 1 AS i;
-- file suite/period/t/perfschema.test
create table t1 (id int not null primary key auto_increment, rel_id int not null, start_date datetime not null, end_date datetime not null, period for p (start_date, end_date), unique key (rel_id, p without overlaps));
drop table t1;
-- file suite/mariabackup/xb_fulltext_encrypted.test
CREATE TABLE film_text (
film_id SMALLINT NOT NULL,
title VARCHAR(255) NOT NULL,
description TEXT,
PRIMARY KEY (film_id),
FULLTEXT KEY idx_title_description (title,description),
FULLTEXT KEY (description),
FULLTEXT KEY (title)
)ENGINE=InnoDB DEFAULT CHARSET=utf8 ENCRYPTED=YES;
drop table film_text;
-- file suite/parts/t/longname.test
set names utf8;
create database mysqltest1;
CREATE TABLE mysqltest1.test_jfg_table_name_with_64_chars_123456789012345678901234567890 (
  id int(10) unsigned NOT NULL,
  id2 int(10) unsigned NOT NULL,
  PRIMARY KEY ( id, id2 )
) ENGINE=InnoDB DEFAULT CHARSET=latin1 ROW_FORMAT=DYNAMIC
PARTITION BY RANGE ( id )
  SUBPARTITION BY HASH ( id2 )
  SUBPARTITIONS 2 (
  PARTITION test_jfg_partition_name_with_60_chars_1234567890123456789012 VALUES LESS THAN (1000) ENGINE = InnoDB,
  PARTITION pmax VALUES LESS THAN MAXVALUE ENGINE = InnoDB);
CREATE TABLE mysqltest1.éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé (
  id int(10) unsigned NOT NULL,
  id2 int(10) unsigned NOT NULL,
  PRIMARY KEY ( id, id2 )
) ENGINE=InnoDB DEFAULT CHARSET=latin1 ROW_FORMAT=DYNAMIC
PARTITION BY RANGE ( id )
  SUBPARTITION BY HASH ( id2 )
  SUBPARTITIONS 2 (
  PARTITION çççççççççççççççççççççççççççççççççççççççççççççççççççççççççççç VALUES LESS THAN (1000) ENGINE = InnoDB,
  PARTITION pmax VALUES LESS THAN MAXVALUE ENGINE = InnoDB);
DROP TABLE mysqltest1.`#mysql50#t1#P#@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024@0024#SP#0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef`;
ALTER TABLE mysqltest1.t1 ADD FOREIGN KEY (a) REFERENCES
mysqltest1.test_jfg_table_name_with_64_chars_123456789012345678901234567890;
ALTER TABLE
mysqltest1.test_jfg_table_name_with_64_chars_123456789012345678901234567890
ADD FOREIGN KEY (a) REFERENCES mysqltest1.t1;
drop database mysqltest1;
-- file suite/stress/t/deadlock_drop_table.test
create or replace table t1 (a int primary key, b int, c int, key(b),key(c)) engine=myisam;
-- file suite/rpl/t/rpl_circular_semi_sync.test
ALTER TABLE mysql.gtid_slave_pos ENGINE=InnoDB;
CREATE TABLE t1 (a INT PRIMARY KEY, b INT default 0) ENGINE=Innodb;
set statement sql_log_bin=0 for call mtr.add_suppression("Slave: An attempt was made to binlog GTID 10-2-4");
set statement sql_log_bin=0 for call mtr.add_suppression("Slave: An attempt was made to binlog GTID 20-1-3");
DROP TABLE t1;
-- file main/replace_returning_datatypes.test
CREATE TABLE t1(num_int1 INT(2) PRIMARY KEY,
num_bit1 BIT(8),
num_float1 FLOAT(5,2),
num_double1 DOUBLE(5,2),
char_enum1 ENUM('A','B','C','D'),
char_set1 SET('a','b','c','d','e'),
str_varchar1 VARCHAR(2),
d1 DATE,
dt1 DATETIME,
ts1 TIMESTAMP,
y1 YEAR,
b1 BOOL);
CREATE TABLE t2(num_int2 INT(2) PRIMARY KEY,
num_bit2 BIT(8),
num_float2 FLOAT(5,2),
num_double2 DOUBLE(5,2),
char_enum2 ENUM('A','B','C','D'),
char_set2 SET('a','b','c','d','e'),
str_varchar2 VARCHAR(2),
d2 DATE,
dt2 DATETIME,
ts2 TIMESTAMP,
y2 YEAR,
b2 BOOL);
DROP TABLE t1;
DROP TABLE t2;
-- file plugin/connect/connect/t/upd.test
SET sql_mode = 'NO_ENGINE_SUBSTITUTION';
CREATE TABLE employee
(
serialno CHAR(5) NOT NULL,
name VARCHAR(12) NOT NULL FLAG=6,
sex TINYINT(1) NOT NULL,
title VARCHAR(15) NOT NULL FLAG=20,
manager CHAR(5) NOT NULL,
department CHAR(4) NOT NULL FLAG=41,
secretary CHAR(5) NOT NULL FLAG=46,
salary DOUBLE(8,2) NOT NULL FLAG=52
) ENGINE=connect TABLE_TYPE=fix FILE_NAME='employee.dat' ENDING=1;
-- file plugin/spider/spider/bugfix/t/mdev_35064.test
CREATE TABLE t(c INT)ENGINE=Spider COMMENT='WRAPPER "mysql",SRV "s",TABLE "foo"';
-- file plugin/oqgraph/oqgraph/regression_1133093.test
DROP TABLE IF EXISTS graph_base;
DROP TABLE IF EXISTS graph;
CREATE TABLE graph_base (
    from_id INT UNSIGNED NOT NULL,
    to_id INT UNSIGNED NOT NULL,
    another_id INT UNSIGNED NOT NULL DEFAULT 1,
    w DOUBLE NOT NULL DEFAULT 1,
    PRIMARY KEY (from_id,to_id),
    INDEX (to_id)
  ) ENGINE=MyISAM;
CREATE TABLE graph (
    latch   VARCHAR(32) NULL,
    origid  BIGINT    UNSIGNED NULL,
    destid  BIGINT    UNSIGNED NULL,
    weight  DOUBLE    NULL,
    seq     BIGINT    UNSIGNED NULL,
    linkid  BIGINT    UNSIGNED NULL,
    KEY (latch, origid, destid) USING HASH,
    KEY (latch, destid, origid) USING HASH
  ) ENGINE=OQGRAPH DATA_TABLE='graph_base' ORIGID='from_id', DESTID='to_id', WEIGHT='w';
DROP TABLE graph;
DROP TABLE graph_base;
-- file suite/perfschema/t/ortho_iter.test
truncate table performance_schema.events_statements_summary_by_digest;
-- file main/subselect_mat_cost.test
drop database if exists world;
set names utf8;
create database world;
use world;
create index SurfaceArea on Country(SurfaceArea);
create index Language on CountryLanguage(Language);
create index CityName on City(Name);
alter table City change population population int(11) null default 0;
set statement optimizer_switch='rowid_filter=off' for
EXPLAIN
SELECT Country.Name
FROM Country, CountryLanguage 
WHERE Code NOT IN (SELECT Country FROM CountryLanguage WHERE Language = 'English')
  AND (CountryLanguage.Language = 'French' OR CountryLanguage.Language = 'Spanish')
  AND Code = Country;
set statement optimizer_switch='rowid_filter=off' for
SELECT Country.Name
FROM Country, CountryLanguage 
WHERE Code NOT IN (SELECT Country FROM CountryLanguage WHERE Language = 'English')
  AND (CountryLanguage.Language = 'French' OR CountryLanguage.Language = 'Spanish')
  AND Code = Country;
create index CountryCapital on Country(capital);
drop index CountryCapital on Country;
drop database world;
-- file suite/innodb_gis/t/rtree_recovery.test
create table t1 (c1 int, c2 geometry not null, spatial index (c2))engine=innodb;
-- file suite/vcol/t/vcol_keys_aria.test
create table t1 (a int, b int as (a+1), c int, index(b)) engine=aria;
-- file plugin/mroonga/mroonga/storage/t/fulltext_found_rows.test
SET NAMES UTF8;
CREATE TABLE diaries (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  year INT UNSIGNED,
  month INT UNSIGNED,
  day INT UNSIGNED,
  title VARCHAR(255),
  content TEXT,
  FULLTEXT INDEX(content),
  KEY(day)
) DEFAULT CHARSET UTF8;
DROP TABLE diaries;
-- file suite/wsrep/t/binlog_format.test
CREATE TABLE IF NOT EXISTS test.t1 AS SELECT * FROM information_schema.routines WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS test.t2 AS SELECT * FROM information_schema.routines WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS test.t3 AS SELECT * FROM information_schema.routines WHERE 1 = 0;
DROP TABLE IF EXISTS test.t1;
DROP TABLE IF EXISTS test.t2;
DROP TABLE IF EXISTS test.t3;
-- file suite/innodb/t/alter_persistent_autoinc.test
CREATE TABLE t1 (c INT AUTO_INCREMENT NULL UNIQUE) ENGINE=InnoDB;
ALTER TABLE t1 MODIFY c INT NULL, ALGORITHM=INSTANT;
CREATE TABLE t2 (c INT AUTO_INCREMENT NULL UNIQUE) ENGINE=InnoDB;
ALTER TABLE t2 MODIFY c INT NULL, FORCE, ALGORITHM=INPLACE;
CREATE TABLE t3 (c INT AUTO_INCREMENT NULL UNIQUE) ENGINE=InnoDB;
ALTER TABLE t3 MODIFY c INT NULL, ALGORITHM=INPLACE;
CREATE TABLE t4 (c1 INT AUTO_INCREMENT NULL UNIQUE, c2 INT) ENGINE=InnoDB;
ALTER TABLE t4 MODIFY c1 INT NULL, CHANGE COLUMN c2 c3 INT, ALGORITHM=INPLACE;
CREATE TABLE t5 (c1 INT AUTO_INCREMENT NULL UNIQUE, c2 INT, c3 INTEGER GENERATED ALWAYS AS (c2)) ENGINE=InnoDB;
ALTER TABLE t5 MODIFY c1 INT NULL, MODIFY COLUMN c2 INT FIRST, ALGORITHM=INPLACE;
CREATE TABLE t6 (c INT AUTO_INCREMENT NULL UNIQUE) ENGINE=InnoDB
  PARTITION BY LIST(c) (
    PARTITION p1 VALUES IN (1),
    PARTITION p2 VALUES IN (2)
    );
ALTER TABLE t6 MODIFY c INT NULL, ALGORITHM=INSTANT;
CREATE TABLE t7 (c INT AUTO_INCREMENT NULL UNIQUE) ENGINE=InnoDB
  PARTITION BY LIST(c) (
    PARTITION p1 VALUES IN (1),
    PARTITION p2 VALUES IN (2)
    );
ALTER TABLE t7 MODIFY c INT NULL, ALGORITHM=INPLACE;
CREATE TABLE t8 (c1 INT AUTO_INCREMENT NULL UNIQUE, c2 INT) ENGINE=InnoDB
  PARTITION BY LIST(c1) (
    PARTITION p1 VALUES IN (1), PARTITION p2 VALUES IN (2));
ALTER TABLE t8 MODIFY c1 INT NULL, CHANGE COLUMN c2 c3 INT, ALGORITHM=INPLACE;
DROP TABLE t1, t2, t3, t4, t5, t6, t7, t8;
-- file main/information_schema_stats.test
create table just_a_test(id int,first_name varchar(10),last_name varchar(10),address varchar(100),phone bigint,email varchar(30), state varchar(30));
alter table just_a_test add primary key (id);
alter table just_a_test add key IND_just_a_test_first_name_last_name(first_name,last_name);
alter table just_a_test add key IND_just_a_test_state(state);
alter table just_a_test drop key IND_just_a_test_first_name_last_name;
alter table just_a_test drop column state;
drop table just_a_test;
create table just_a_test(id int not null primary key,first_name varchar(10),last_name varchar(10),address varchar(100),phone bigint,email varchar(30), state varchar(30),key(first_name,last_name),key(state));
drop table just_a_test;
-- file main/alias.test
DROP TABLE IF EXISTS t1;
CREATE TABLE t1 (
  cont_nr int(11) NOT NULL auto_increment,
  ver_nr int(11) NOT NULL default '0',
  aufnr int(11) NOT NULL default '0',
  username varchar(50) NOT NULL default '',
  hdl_nr int(11) NOT NULL default '0',
  eintrag date NOT NULL default '0000-00-00',
  st_klasse varchar(40) NOT NULL default '',
  st_wert varchar(40) NOT NULL default '',
  st_zusatz varchar(40) NOT NULL default '',
  st_bemerkung varchar(255) NOT NULL default '',
  kunden_art varchar(40) NOT NULL default '',
  mcbs_knr int(11) default NULL,
  mcbs_aufnr int(11) NOT NULL default '0',
  schufa_status char(1) default '?',
  bemerkung text,
  wirknetz text,
  wf_igz int(11) NOT NULL default '0',
  tarifcode varchar(80) default NULL,
  recycle char(1) default NULL,
  sim varchar(30) default NULL,
  mcbs_tpl varchar(30) default NULL,
  emp_nr int(11) NOT NULL default '0',
  laufzeit int(11) default NULL,
  hdl_name varchar(30) default NULL,
  prov_hdl_nr int(11) NOT NULL default '0',
  auto_wirknetz varchar(50) default NULL,
  auto_billing varchar(50) default NULL,
  touch timestamp NOT NULL,
  kategorie varchar(50) default NULL,
  kundentyp varchar(20) NOT NULL default '',
  sammel_rech_msisdn varchar(30) NOT NULL default '',
  p_nr varchar(9) NOT NULL default '',
  suffix char(3) NOT NULL default '',
  PRIMARY KEY (cont_nr),
  KEY idx_aufnr(aufnr),
  KEY idx_hdl_nr(hdl_nr),
  KEY idx_st_klasse(st_klasse),
  KEY ver_nr(ver_nr),
  KEY eintrag_idx(eintrag),
  KEY emp_nr_idx(emp_nr),
  KEY wf_igz(wf_igz),
  KEY touch(touch),
  KEY hdl_tag(eintrag,hdl_nr),
  KEY prov_hdl_nr(prov_hdl_nr),
  KEY mcbs_aufnr(mcbs_aufnr),
  KEY kundentyp(kundentyp),
  KEY p_nr(p_nr,suffix)
) ENGINE=MyISAM;
drop table t1;
CREATE TABLE t1 (
  AUFNR varchar(12) NOT NULL default '',
  PLNFL varchar(6) NOT NULL default '',
  VORNR varchar(4) NOT NULL default '',
  xstatus_vor smallint(5) unsigned NOT NULL default '0'
);
drop table t1;
drop table if exists t1,t2,t3;
create table t1 (a int, b int, c int);
create table t2 (d int);
create table t3 (a1 int, b1 int, c1 int);
create table t3 select t1.* as 'with_alias' from t1;
create table t3 select t2.* as 'with_alias', 1, 2 from t2;
create table t3 select t2.* as 'with_alias', d as 'x', d as 'z' from t2;
create table t3 select t2.*, t2.* as 'with_alias', 3 from t2;
create table t4 select t1.* from t1;
drop table t4;
create table t4 select t2.*, 1, 2 from t2;
drop table t4;
create table t4 select t2.*, d as 'x', d as 'z' from t2;
drop table t4;
drop table t1,t2,t3;
SET sql_mode='';
SET sql_mode=DEFAULT;
CREATE TABLE t1 AS SELECT '';
-- file suite/encryption/t/innodb-page_encryption.test
create table innodb_normal(c1 bigint not null, b char(200)) engine=innodb;
create table innodb_compact(c1 bigint not null, b char(200)) engine=innodb row_format=compact encrypted=yes encryption_key_id=1;
create table innodb_compressed(c1 bigint not null, b char(200)) engine=innodb row_format=compressed encrypted=yes encryption_key_id=2;
create table innodb_dynamic(c1 bigint not null, b char(200)) engine=innodb row_format=dynamic encrypted=yes encryption_key_id=3;
create table innodb_dynamic(c1 bigint not null, b char(200)) engine=innodb row_format=dynamic encrypted=yes encryption_key_id=33;
create table innodb_redundant(c1 bigint not null, b char(200))  engine=innodb row_format=redundant encrypted=yes encryption_key_id=4;
create table innodb_defkey(c1  bigint not null, b char(200))  engine=innodb encrypted=yes;
-- file plugin/type_inet/type_inet/type_inet6_csv.test
CREATE TABLE t1 (a INET6 NOT NULL);
-- file plugin/mroonga/mroonga/storage/t/function_highlight_html_dynamic_keyword.test
CREATE TABLE keywords (
  keyword text
);
-- file suite/binlog/t/binlog_table_map_optional_metadata_utf32.test
SET NAMES utf8;
CREATE TABLE t1(
  c_set_1 SET("set1_v1_å", "set1_v2_ä", "set1_v3_ö"),
  c_set_2 SET("set2_v1_å", "set2_v2_ä", "set2_v3_ö") CHARACTER SET utf32);
DROP TABLE t1;
CREATE TABLE t1(
  c_enum_1 ENUM("enum1_v1_å", "enum1_v2_ä", "enum1_v3_ö"),
  c_enum_2 ENUM("enum2_v1_å", "enum2_v2_ä", "enum2_v3_ö") CHARACTER SET utf32);
DROP TABLE t1;
-- file suite/perfschema/t/ddl_events_waits_history.test
alter table performance_schema.events_waits_history add column foo integer;
truncate table performance_schema.events_waits_history;
ALTER TABLE performance_schema.events_waits_history ADD INDEX test_index(EVENT_ID);
CREATE UNIQUE INDEX test_index ON performance_schema.events_waits_history(EVENT_ID);
-- file main/create_user.test
RENAME TABLE mysql.procs_priv TO mysql.temp;
RENAME TABLE mysql.temp TO mysql.procs_priv;
-- file suite/sys_vars/t/sql_mode_basic.test
SET @@session.sql_mode = ANSI;
SET @@session.sql_mode = DEFAULT;
SET @@session.sql_mode = NULL;
SET @@session.sql_mode = '';
SET @@session.sql_mode = ' ';
SET @@session.sql_mode = ANSI;
SET @@session.sql_mode = STRICT_TRANS_TABLES;
SET @@session.sql_mode = TRADITIONAL;
SET @@session.sql_mode = ALLOW_INVALID_DATES;
SET @@session.sql_mode = ANSI_QUOTES;
SET @@session.sql_mode = ERROR_FOR_DIVISION_BY_ZERO;
SET @@session.sql_mode = HIGH_NOT_PRECEDENCE;
SET @@session.sql_mode = IGNORE_SPACE;
SET @@session.sql_mode = NO_AUTO_CREATE_USER;
SET @@session.sql_mode = NO_AUTO_VALUE_ON_ZERO;
SET @@session.sql_mode = NO_BACKSLASH_ESCAPES;
SET @@session.sql_mode = NO_DIR_IN_CREATE;
SET @@session.sql_mode = NO_ENGINE_SUBSTITUTION;
SET @@session.sql_mode = NO_FIELD_OPTIONS;
SET @@session.sql_mode = NO_KEY_OPTIONS;
SET @@session.sql_mode = NO_TABLE_OPTIONS;
SET @@session.sql_mode = NO_UNSIGNED_SUBTRACTION;
SET @@session.sql_mode = NO_ZERO_DATE;
SET @@session.sql_mode = NO_ZERO_IN_DATE;
SET @@session.sql_mode = ONLY_FULL_GROUP_BY;
SET @@session.sql_mode = PIPES_AS_CONCAT;
SET @@session.sql_mode = REAL_AS_FLOAT;
SET @@session.sql_mode = STRICT_ALL_TABLES;
SET @@session.sql_mode = STRICT_TRANS_TABLES;
SET @@session.sql_mode = DB2;
SET @@session.sql_mode = MAXDB;
SET @@session.sql_mode = MSSQL;
SET @@session.sql_mode = MYSQL323;
SET @@session.sql_mode = MYSQL40;
SET @@session.sql_mode = ORACLE;
SET @@session.sql_mode = POSTGRESQL;
SET @@session.sql_mode = TRADITIONAL;
SET @@session.sql_mode = OFF;
SET @@session.sql_mode = -1;
SET @@session.sql_mode = ANSI_SINGLE_QUOTES;
SET @@session.sql_mode = 'ON';
SET @@session.sql_mode = 'OF';
SET @@session.sql_mode = DISABLE;
SET sql_mode = 'ANSI';
SET session sql_mode = 1;
SET @@session.sql_mode = 'TRADITIONAL,ALLOW_INVALID_DATES,ANSI_QUOTES';
SET @@session.sql_mode = 'ERROR_FOR_DIVISION_BY_ZERO,FOOBAR,IGNORE_SPACE';
SET @@sql_mode=',';
SET @@sql_mode=',,,,ANSI_QUOTES,,,';
SET @@sql_mode=',,,,FOOBAR,,,,,';
SET @@session.sql_mode = @session_start_value;
-- file suite/innodb/t/innodb_bug47622.test
CREATE TABLE bug47622(
	`rule_key` int(11) NOT NULL DEFAULT '0',
	`seq` smallint(6) NOT NULL DEFAULT '0',
	`action` smallint(6) NOT NULL DEFAULT '0',
	`arg_id` smallint(6) DEFAULT NULL,
	`else_ind` TINYINT NOT NULL,
	KEY IDX_A (`arg_id`)
) ENGINE=InnoDB;
ALTER TABLE bug47622 ADD UNIQUE IDX_B (rule_key,else_ind,seq,action,arg_id);
drop index IDX_B on bug47622;
create index idx on bug47622(seq, arg_id);
ALTER TABLE bug47622 ADD UNIQUE IDX_X (rule_key,else_ind,seq,action);
drop table bug47622;
CREATE TABLE bug47622 (
  `a` int(11) NOT NULL,
  `b` int(11) DEFAULT NULL,
  `c` char(10) DEFAULT NULL,
  `d` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`a`),
  KEY `b` (`b`)
) ENGINE=InnoDB;
alter table bug47622 add unique index (c), add index (d);
drop table bug47622;
-- file plugin/mroonga/mroonga/wrapper/t/geometry_contains.test
drop table if exists shops;
create table shops (
  id int primary key auto_increment,
  name text,
  location geometry NOT NULL,
  spatial key location_index (location)
) comment = 'engine "innodb"';
drop table shops;
-- file suite/roles/set_role-multiple-role.test
create table mysql.random_test_table (id INT);
drop table mysql.random_test_table;
-- file suite/funcs_1/t/is_check_constraints.test
create database foo;
CREATE TABLE t0
(
 t int, check (t>32) # table constraint
) ENGINE=myisam;
ALTER TABLE t0
ADD CONSTRAINT CHK_t0_t CHECK(t<100);
ALTER TABLE t0
DROP CONSTRAINT CHK_t0_t;
ALTER TABLE t0
ADD CONSTRAINT CHECK(t<50);
CREATE TABLE t1
( t int CHECK(t>2), # field constraint
 tt int,
 CONSTRAINT CHECK (tt > 32), CONSTRAINT CHECK (tt <50),# autogenerated names table constraints
 CONSTRAINT CHK_tt CHECK(tt<100) # named table constraint
) ENGINE=InnoDB;
ALTER TABLE t1
DROP CONSTRAINT CHK_tt;
CREATE TABLE t2
(
name VARCHAR(30) CHECK(CHAR_LENGTH(name)>2), #field constraint
start_date DATE,
end_date DATE,
CONSTRAINT CHK_dates CHECK(start_date IS NULL) #table constraint
)ENGINE=Innodb;
ALTER TABLE t1
ADD CONSTRAINT CHK_new_ CHECK(t>tt);
CREATE TABLE t3
(
a int,
b int check (b>0), # field constraint named 'b'
CONSTRAINT b0 check (b>10), # table constraint
# `CHECK_CLAUSE` should allow more then `var(64)` constraints
CONSTRAINT b1 check (b<123456789012345678901234567890123456789012345678901234567890123456789)
) ENGINE=InnoDB;
DROP TABLE t0;
DROP TABLE t1;
DROP TABLE t2;
DROP TABLE t3;
DROP DATABASE foo;
CREATE DATABASE db;
USE db;
CREATE TABLE t1 (a int, b int, CONSTRAINT CHECK (b > 0));
DROP DATABASE db;
use test;
create table t(check (t0>0),
               t0 int,
               t1 int check (t1<0),
               t2 int check (t2<-1),
               CONSTRAINT tc_1 check(t1 > 1),
               CONSTRAINT t2c check(t2 > 1));
drop table t;
-- file suite/galera/t/galera_fk_cascade_update.test
CREATE TABLE grandparent (
    id INT NOT NULL PRIMARY KEY
) ENGINE=InnoDB;
CREATE TABLE parent (
    id INT NOT NULL PRIMARY KEY,
    grandparent_id INT,
    FOREIGN KEY (grandparent_id)
        REFERENCES grandparent(id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;
CREATE TABLE child (
    id INT NOT NULL PRIMARY KEY, 
    grandparent_id INT,
    FOREIGN KEY (grandparent_id)
        REFERENCES parent(grandparent_id)
        ON UPDATE CASCADE
) ENGINE=InnoDB;
DROP TABLE child;
DROP TABLE parent;
DROP TABLE grandparent;
-- file suite/compat/mssql/parser.test
SET sql_mode=MSSQL;
CREATE TABLE [t 1] ([a b] INT);
DROP TABLE [t 1];
CREATE TABLE [t[1]]] (a INT);
DROP TABLE [t[1]]];
CREATE TABLE [t 1] ([a b] INT);
CREATE VIEW [v 1] AS SELECT [a b] FROM [t 1];
DROP VIEW [v 1];
DROP TABLE [t 1];
-- file main/win_big-mdev-11697.test
create table test_table (id int, random_data varchar(36), static_int int, static_varchar varchar(10));
drop table if exists test_table;
create table test_table (id int, random_data varchar(36), static_int int, static_varchar varchar(10));
drop table test_table;
-- file suite/versioning/t/insert2.test
create table t1(
  x int unsigned,
  sys_start bigint unsigned as row start invisible,
  sys_end bigint unsigned as row end invisible,
  period for system_time (sys_start, sys_end))
with system versioning engine=innodb;
create table t2(x int unsigned) engine=innodb;
create or replace table t1 (
  x int,
  y int as (x) virtual,
  sys_trx_start bigint unsigned as row start invisible,
  sys_trx_end bigint unsigned as row end invisible,
  period for system_time (sys_trx_start, sys_trx_end)
) engine=innodb with system versioning;
create or replace table t1 (
  x int,
  row_start timestamp(6) as row start invisible,
  row_end timestamp(6) as row end invisible,
  period for system_time (row_start, row_end)
) with system versioning;
set sql_mode='';
set sql_mode=default;
set sql_mode= '';
set sql_mode= @saved_mode;
create or replace table t1 (
  i int,
  s timestamp(6) as row start,
  e timestamp(6) as row end,
  c varchar(8),
  period for system_time(s, e))
with system versioning;
drop table t1;
drop table t2;
create or replace table t1 (pk int primary key) with system versioning;
drop table t1;
-- file plugin/mroonga/mroonga/storage/t/optimization_order_limit_optimized_year_less_than_or_equal.test
DROP TABLE IF EXISTS mroonga_releases;
CREATE TABLE mroonga_releases (
  id INT PRIMARY KEY AUTO_INCREMENT,
  release_title TEXT,
  release_year YEAR,
  KEY (release_year),
  FULLTEXT KEY (release_title)
) DEFAULT CHARSET UTF8;
DROP TABLE mroonga_releases;
-- file plugin/mroonga/mroonga/storage/t/index_multiple_column_unique_datetime_order_desc.test
DROP TABLE IF EXISTS ranges;
CREATE TABLE ranges (
  id int PRIMARY KEY,
  start datetime,
  end datetime,
  UNIQUE KEY range_key(start, end)
);
DROP TABLE ranges;
-- file main/fulltext_order_by.test
DROP TABLE IF EXISTS t1,t2,t3;
CREATE TABLE t1 (
  a INT AUTO_INCREMENT PRIMARY KEY,
  message CHAR(20),
  FULLTEXT(message)
) comment = 'original testcase by sroussey@network54.com';
alter table t1 add key m (message);
drop table t1;
CREATE TABLE t1 (
  a INT AUTO_INCREMENT PRIMARY KEY,
  message CHAR(20),
  FULLTEXT(message)
);
drop table t1;
CREATE TABLE t1 (
  id int(11) NOT NULL auto_increment,
  thread int(11) NOT NULL default '0',
  beitrag longtext NOT NULL,
  PRIMARY KEY  (id),
  KEY thread (thread),
  FULLTEXT KEY beitrag (beitrag)
) ENGINE=MyISAM DEFAULT CHARSET=utf8 AUTO_INCREMENT=7923;
CREATE TABLE t2 (
  id int(11) NOT NULL auto_increment,
  text varchar(100) NOT NULL default '',
  PRIMARY KEY  (id),
  KEY text (text)
) ENGINE=MyISAM DEFAULT CHARSET=utf8 AUTO_INCREMENT=63;
CREATE TABLE t3 (
  id int(11) NOT NULL auto_increment,
  forum int(11) NOT NULL default '0',
  betreff varchar(70) NOT NULL default '',
  PRIMARY KEY  (id),
  KEY forum (forum),
  FULLTEXT KEY betreff (betreff)
) ENGINE=MyISAM DEFAULT CHARSET=utf8 AUTO_INCREMENT=996;
drop table t1,t2,t3;
-- file suite/parts/t/partition_exch_qa_6.test
ALTER TABLE tp EXCHANGE PARTITION p0 WITH TABLE t_10;
ALTER TABLE tp EXCHANGE PARTITION p0 WITH TABLE t_10;
ALTER TABLE tsp EXCHANGE PARTITION sp00 WITH TABLE tsp_00;
ALTER TABLE tsp EXCHANGE PARTITION sp00 WITH TABLE tsp_00;
USE test;
ALTER TABLE tp EXCHANGE PARTITION p0 WITH TABLE t_10;
USE test;
ALTER TABLE tsp EXCHANGE PARTITION sp00 WITH TABLE tsp_00;
ALTER TABLE tp EXCHANGE PARTITION p0 WITH TABLE t_10;
-- file plugin/mroonga/mroonga/storage/t/alter_table_rename_table.test
DROP TABLE IF EXISTS diaries, memos;
CREATE TABLE diaries (
  id INT PRIMARY KEY AUTO_INCREMENT,
  title TEXT,
  body TEXT,
  FULLTEXT INDEX title_index (title),
  FULLTEXT INDEX body_index (body)
) DEFAULT CHARSET UTF8;
ALTER TABLE diaries RENAME memos;
DROP TABLE memos;
-- file main/udf_notembedded.test
create table t1 (n int key not null auto_increment,  msg int as (udf_sequence()) virtual);
drop table t1;
-- file plugin/mroonga/mroonga/storage/t/column_generated_virtual_add_column.test
DROP TABLE IF EXISTS logs;
CREATE TABLE logs (
  id INT,
  record JSON
) ENGINE=Mroonga DEFAULT CHARSET=utf8mb4;
DROP TABLE logs;
-- file main/sp-anchor-row-type-cursor.test
CREATE TABLE t1 (a INT, b VARCHAR(32));
CREATE TABLE t2 LIKE t1;
-- file plugin/connect/connect/t/xcol.test
CREATE TABLE chlist (
mother char(12) NOT NULL COMMENT 'The mother of the listed children',
children varchar(30) DEFAULT NULL COMMENT 'The comma separated list of children'
) ENGINE=CONNECT;
CREATE TABLE child ENGINE=CONNECT TABLE_TYPE=XCOL TABNAME=chlist OPTION_LIST='colname=children';
CREATE TABLE `child2` (
  `row` int NOT NULL SPECIAL=ROWID,
  `num` int NOT NULL SPECIAL=ROWNUM,
  `mother` varchar(12) NOT NULL COMMENT 'The mother of the children',
  `child` varchar(12) NOT NULL COMMENT 'The child name' FLAG=2
) ENGINE=CONNECT TABLE_TYPE=XCOL TABNAME=chlist `OPTION_LIST`='colname=child';
DROP TABLE child;
DROP TABLE chlist;
DROP TABLE child2;
-- file plugin/connect/connect/t/bson_udf.test
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=VIR BLOCK_SIZE=5;
CREATE TABLE t2
(
  ISBN CHAR(15),
  LANG CHAR(2),
  SUBJECT CHAR(32),
  AUTHOR CHAR(64),
  TITLE CHAR(32),
  TRANSLATION CHAR(32),
  TRANSLATOR CHAR(80),
  PUBLISHER CHAR(32),
  DATEPUB int(4)
) ENGINE=CONNECT TABLE_TYPE=BSON FILE_NAME='biblio.json';
CREATE TABLE t3 (
  SERIALNO CHAR(5) NOT NULL,
  NAME VARCHAR(12) NOT NULL FLAG=6,
  SEX SMALLINT(1) NOT NULL,
  TITLE VARCHAR(15) NOT NULL FLAG=20,
  MANAGER CHAR(5) DEFAULT NULL,
  DEPARTMENT CHAr(4) NOT NULL FLAG=41,
  SECRETARY CHAR(5) DEFAULT NULL FLAG=46,
  SALARY DOUBLE(8,2) NOT NULL FLAG=52
) ENGINE=CONNECT TABLE_TYPE=FIX BLOCK_SIZE=8 FILE_NAME='employee.dat' ENDING=1;
DROP TABLE t1;
DROP TABLE t2;
DROP TABLE t3;
-- file suite/rpl/t/rpl_variables.test
CREATE TABLE tstmt (id INT AUTO_INCREMENT PRIMARY KEY,
                    truth BOOLEAN,
                    num INT,
                    text VARCHAR(100));
CREATE TABLE tproc LIKE tstmt;
CREATE TABLE tfunc LIKE tstmt;
CREATE TABLE ttrig LIKE tstmt;
CREATE TABLE tprep LIKE tstmt;
CREATE TABLE trigger_table (text CHAR(4));
-- file main/set_statement.test
DROP TABLE IF EXISTS t1;
DROP VIEW IF EXISTS v1;
DROP TABLE IF EXISTS STATEMENT;
CREATE TABLE t1 (v1 INT, v2 INT);
SET STATEMENT sort_buffer_size=150000 FOR SELECT *,@@sort_buffer_size FROM t1;
SET STATEMENT sort_buffer_size=150000, binlog_format=row
 FOR SELECT *,@@sort_buffer_size,@@binlog_format FROM t1;
SET STATEMENT myisam_sort_buffer_size=800000,
              myisam_repair_threads=2 FOR OPTIMIZE TABLE t1;
SET STATEMENT sort_buffer_size=150000 FOR SELECT * FROM t2;
SET STATEMENT keep_files_on_create=OFF FOR SELECT *,@@keep_files_on_create FROM t1;
SET STATEMENT max_join_size=1000000000000 FOR SELECT *,@@max_join_size FROM t1;
SET STATEMENT sort_buffer_size = 100000
              FOR SHOW SESSION VARIABLES LIKE 'sort_buffer_size';
SET STATEMENT keep_files_on_create=OFF
              FOR SHOW SESSION VARIABLES LIKE 'keep_files_on_create';
SET STATEMENT myisam_repair_threads=2
              FOR SHOW SESSION VARIABLES LIKE 'myisam_repair_threads';
SET STATEMENT max_join_size=2000000000000
              FOR SHOW SESSION VARIABLES LIKE 'max_join_size';
-- file suite/optimizer_unfixed_bugs/t/bug45219.test
DROP TABLE IF EXISTS CC, C, BB;
CREATE TABLE `CC` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=30 DEFAULT CHARSET=latin1;
CREATE TABLE `C` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=21 DEFAULT CHARSET=latin1;
CREATE TABLE `BB` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=12 DEFAULT CHARSET=latin1;
DROP TABLE CC, C, BB;
DROP TABLE IF EXISTS CC, C, BB;
CREATE TABLE `CC` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `int_key` int(11) NOT NULL,
  `date_key` date NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  `varchar_nokey` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `int_key` (`int_key`),
  KEY `date_key` (`date_key`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=30 DEFAULT CHARSET=latin1;
CREATE TABLE `C` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `int_key` int(11) NOT NULL,
  `date_key` date NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  `varchar_nokey` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `int_key` (`int_key`),
  KEY `date_key` (`date_key`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=21 DEFAULT CHARSET=latin1;
CREATE TABLE `BB` (
  `pk` int(11) NOT NULL AUTO_INCREMENT,
  `int_nokey` int(11) NOT NULL,
  `int_key` int(11) NOT NULL,
  `date_key` date NOT NULL,
  `datetime_key` datetime NOT NULL,
  `varchar_key` varchar(1) NOT NULL,
  `varchar_nokey` varchar(1) NOT NULL,
  PRIMARY KEY (`pk`),
  KEY `int_key` (`int_key`),
  KEY `date_key` (`date_key`),
  KEY `datetime_key` (`datetime_key`),
  KEY `varchar_key` (`varchar_key`)
) ENGINE=MyISAM AUTO_INCREMENT=12 DEFAULT CHARSET=latin1;
DROP TABLE CC, C, BB;
-- file plugin/mroonga/mroonga/storage/t/index_multiple_column_recreate.test
drop table if exists listing;
set names utf8;
create table listing (
  id int primary key auto_increment not null,
  last_name char(30) not null,
  first_name char(30) not null,
  index name (last_name, first_name)
) default charset utf8;
drop index name on listing;
create index new_name_index on listing (last_name, first_name);
drop table listing;
-- file plugin/mroonga/mroonga/storage/t/fulltext_two_inner_join.test
DROP TABLE IF EXISTS users, posts, comments;
SET NAMES utf8;
CREATE TABLE users (
  id int NOT NULL,
  name varchar(50) NOT NULL,
  PRIMARY KEY (id),
  KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
CREATE TABLE posts (
  id int NOT NULL,
  content mediumtext,
  user_id int NOT NULL,
  PRIMARY KEY (id),
  FULLTEXT KEY (content)
) DEFAULT CHARSET=utf8;
CREATE TABLE comments (
  id int NOT NULL,
  user_id int NOT NULL,
  post_id int NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
DROP TABLE users, posts, comments;
-- file main/ctype_gbk_export_import.test
DROP DATABASE IF EXISTS gbk;
CREATE DATABASE gbk DEFAULT CHARACTER SET gbk;
USE gbk;
CREATE TABLE t1 (
  id INT NOT NULL,
  a1 TEXT NOT NULL,
  a2 TEXT CHARACTER SET utf8 NOT NULL,
  b1 BLOB NOT NULL,
  eol TEXT NOT NULL);
-- file suite/galera_sr/t/mysql-wsrep-features#138.test
CREATE TABLE t1 (f1 INTEGER) ENGINE=InnoDB;
DROP TABLE t1;
-- file suite/rpl/t/rpl_row_create_select.test
SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION' FOR
CREATE TABLE t1 AS SELECT REPEAT('A', 1000) DIV 1 AS a;
SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION' FOR
CREATE TABLE t2 AS SELECT CONVERT(REPEAT('A', 255) USING UCS2) DIV 1 AS a;
DROP TABLE t1;
DROP TABLE t2;
-- file suite/rpl/t/rpl_auditing.test
drop table if exists t1;
CREATE TABLE IF NOT EXISTS mysql.server_audit_filters (
    filtername char(80) COLLATE utf8_bin NOT NULL DEFAULT '',
    rule longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'true' CHECK (json_valid(rule)),
    CONSTRAINT c_filtername UNIQUE (filtername)
) ENGINE=Aria;
CREATE TABLE IF NOT EXISTS mysql.server_audit_users (host char(60) COLLATE utf8_bin NOT NULL DEFAULT '',
    user char(80) COLLATE utf8_bin NOT NULL DEFAULT '',
    filtername char(80) NOT NULL DEFAULT '',
    CONSTRAINT c_host_user UNIQUE (host, user)
) ENGINE=Aria;
create table t1 (a int);
truncate t1;
drop table t1;
truncate mysql.server_audit_filters;
truncate mysql.server_audit_users;
create table t1 (a int);
truncate t1;
drop table t1;
truncate mysql.server_audit_filters;
truncate mysql.server_audit_users;
-- file plugin/spider/spider/bugfix/t/mdev_29163.test
CREATE TABLE t1 (a INT);
CREATE TABLE t2 (b INT);
CREATE TABLE t3 (c INT, PRIMARY KEY(c));
CREATE TABLE t1_spider (a INT) ENGINE=SPIDER COMMENT = "wrapper 'mysql', srv 's', table 't1'";
CREATE TABLE t2_spider (b INT) ENGINE=SPIDER COMMENT = "wrapper 'mysql', srv 's', table 't2'";
CREATE TABLE t3_spider (c INT, PRIMARY KEY(c)) ENGINE=SPIDER COMMENT = "wrapper 'mysql', srv 's', table 't3'";
DROP TABLE t1_spider, t2_spider, t3_spider, t1, t2, t3;
-- file plugin/mroonga/mroonga/wrapper/t/fulltext_matched_and_not_matched_have_where_matched_order.test
DROP TABLE IF EXISTS texts;
SET NAMES UTF8;
CREATE TABLE texts (
  id INT PRIMARY KEY,
  matched TEXT,
  not_matched TEXT,
  FULLTEXT KEY (matched),
  FULLTEXT KEY (not_matched)
) DEFAULT CHARSET=UTF8 COMMENT='engine "InnoDB"';
DROP TABLE texts;
-- file plugin/spider/spider/regression/e112122/t/group_by_order_by_limit_ok.test
CREATE DATABASE auto_test_local;
USE auto_test_local;
CREATE DATABASE auto_test_remote;
USE auto_test_remote;
CREATE DATABASE auto_test_remote2;
USE auto_test_remote2;
CREATE TABLE tbl_a (
pkey int NOT NULL,
skey int NOT NULL,
KEY idx1 (pkey),
KEY idx2 (skey)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
TRUNCATE TABLE mysql.general_log;
CREATE TABLE tbl_a (
pkey int NOT NULL,
skey int NOT NULL,
KEY idx1 (pkey),
KEY idx2 (skey)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
TRUNCATE TABLE mysql.general_log;
CREATE TABLE tbl_a (
    pkey int NOT NULL,
    skey int NOT NULL,
    KEY idx1 (pkey),
    KEY idx2 (skey)
) ENGINE=Spider DEFAULT CHARSET=utf8 COMMENT='table "tbl_a"'
  PARTITION BY KEY(skey) (
PARTITION pt1 COMMENT='srv "s_2_1"',
PARTITION pt2 COMMENT='srv "s_2_2"'
  );
TRUNCATE TABLE mysql.general_log;
TRUNCATE TABLE mysql.general_log;
DROP DATABASE IF EXISTS auto_test_local;
DROP DATABASE IF EXISTS auto_test_remote;
DROP DATABASE IF EXISTS auto_test_remote2;
-- file main/foreign_key.test
create table t1 (
	a int not null references t2,
	b int not null constraint t2_c references t2 (c),
	primary key (a,b),
	foreign key (a) references t3 match full,
	foreign key (a) references t3 match partial,
	foreign key (a,b) references t3 (c,d) on delete no action
	  on update no action,
	foreign key (a,b) references t3 (c,d) on update cascade,
	foreign key (a,b) references t3 (c,d) on delete set default,
	foreign key (a,b) references t3 (c,d) on update set null);
create index a on t1 (a);
create unique index b on t1 (a,b);
drop table t1;
create table t1 (id int primary key) engine = innodb;
create table t2 (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES t1(id)) engine=innodb;
drop table t2;
drop table t1;
create table t_34455 (
  a int not null,
  foreign key (a) references t3 (a) match full match partial);
create table t_34455 (
  a int not null,
  foreign key (a) references t3 (a) on delete set default match full);
create table t_34455 (
  a int not null,
  foreign key (a) references t3 (a) on update set default match full);
create table t_34455 (
  a int not null,
  foreign key (a) references t3 (a)
  on delete set default on delete set default);
create table t_34455 (
  a int not null,
  foreign key (a) references t3 (a)
  on update set default on update set default);
create table t_34455 (a int not null);
alter table t_34455
  add foreign key (a) references t3 (a) match full match partial);
alter table t_34455
  add foreign key (a) references t3 (a) on delete set default match full);
alter table t_34455
  add foreign key (a) references t3 (a) on update set default match full);
alter table t_34455
  add foreign key (a) references t3 (a)
  on delete set default on delete set default);
alter table t_34455
  add foreign key (a) references t3 (a)
  on update set default on update set default);
drop table t_34455;
CREATE TABLE tpk (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,name VARCHAR(100) NOT NULL) ENGINE=Innodb;
CREATE TABLE tfk (c1 INT, c2 INT, CONSTRAINT sid UNIQUE (c1), CONSTRAINT sid CHECK (c2>15));
CREATE TABLE tfk (c1 INT, c2 INT, CONSTRAINT sid UNIQUE (c1));
ALTER TABLE tfk ADD CONSTRAINT sid CHECK (c2>15);
DROP TABLE tfk;
CREATE TABLE tfk (c1 INT, c2 INT,
  CONSTRAINT sid FOREIGN KEY (c1) REFERENCES tpk (id)) ENGINE=Innodb;
ALTER TABLE tfk ADD CONSTRAINT sid CHECK (c2>15);
ALTER TABLE tfk ADD CONSTRAINT sid UNIQUE(c2);
DROP TABLE tfk;
DROP TABLE tpk;
CREATE TABLE p (a INT PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE t1 (a INT, CONSTRAINT `foo `` bar` FOREIGN KEY (a) REFERENCES p(a)) ENGINE=InnoDB;
DROP TABLE t1, p;
-- file plugin/rocksdb/rocksdb_sys_vars/t/rocksdb_debug_ttl_ignore_pk_basic.test
CREATE TABLE valid_values (value varchar(255)) ENGINE=myisam;
CREATE TABLE invalid_values (value varchar(255)) ENGINE=myisam;
DROP TABLE valid_values;
DROP TABLE invalid_values;
-- file suite/sysschema/t/fn_ps_thread_trx_info.test
CREATE DATABASE trx;
CREATE TABLE trx.info (id INT PRIMARY KEY, info VARCHAR(20));
USE trx;
DROP DATABASE trx;
-- file suite/perfschema/t/stage_mdl_table.test
alter table test.t1 add column (b int);
-- file plugin/connect/connect/t/oem.test
drop table xtab;
-- file suite/rpl/include/rpl_row_func003.test
DROP TABLE IF EXISTS test.t1;
-- file suite/rpl/t/rpl_system_versioning_partitions.test
SET timestamp=UNIX_TIMESTAMP('2025-01-01 01:00:00.000000');
create table t1 (x int) engine=InnoDB with system versioning partition by system_time limit 3 partitions 5;
drop table t1;
-- file suite/innodb_zip/t/innochecksum.test
CREATE TABLE tab1(c1 INT PRIMARY KEY,c2 VARCHAR(20)) ENGINE=InnoDB;
CREATE INDEX idx1 ON tab1(c2(10));
DROP TABLE tab1;
-- file suite/innodb/t/recovery_shutdown.test
CREATE TABLE MDEV_29559 (a TINYINT UNSIGNED PRIMARY KEY, KEY(a)) ENGINE=InnoDB;
DROP TABLE MDEV_29559;
-- file suite/heap/btree_varchar_null.test
create table t1 (f1 varchar(128), f2 varchar(128), key (f2,f1) using btree) engine=memory;
drop table t1;
-- file suite/storage_engine/tbl_opt_union.test
DROP TABLE IF EXISTS t1, child1, child2;
DROP TABLE t1, child1, child2;
-- file plugin/mroonga/mroonga/storage/t/alter_table_change_column_comment_not_for_mroonga.test
DROP TABLE IF EXISTS bugs;
CREATE TABLE bugs (
  id INT UNSIGNED PRIMARY KEY,
  tag VARCHAR(64)
) DEFAULT CHARSET=utf8;
ALTER TABLE bugs
  CHANGE COLUMN
  tag
  tag VARCHAR(64) COMMENT 'It must consist of only alphabet and number.';
DROP TABLE bugs;
-- file suite/plugins/t/fulltext_plugin.test
CREATE TABLE t1(a TEXT, b TEXT, FULLTEXT(a) WITH PARSER simple_parser);
ALTER TABLE t1 ADD FULLTEXT(b) WITH PARSER simple_parser;
DROP TABLE t1;
-- file plugin/mroonga/mroonga/storage/t/index_read_multiple_double.test
DROP TABLE IF EXISTS ids;
CREATE TABLE ids (
  id DOUBLE,
  value DOUBLE,
  KEY (id, value)
);
DROP TABLE ids;
-- file plugin/mroonga/mroonga/storage/t/index_primary_time_without_fractional_seconds.test
DROP TABLE IF EXISTS running_records;
CREATE TABLE running_records (
  time TIME PRIMARY KEY,
  title TEXT
) DEFAULT CHARSET UTF8;
DROP TABLE running_records;
-- file main/servers.test
set sql_mode="";
rename table mysql.servers to mysql.servers_save;
create table mysql.servers (x int);
drop table mysql.servers;
rename table mysql.servers_save to mysql.servers;
ALTER TABLE mysql.servers ENGINE=innodb;
ALTER TABLE mysql.servers ENGINE=Aria;
rename table mysql.servers to mysql.servers_save;
create table mysql.servers like mysql.servers_save;
alter table mysql.servers drop column owner;
drop table mysql.servers;
create table mysql.servers like mysql.servers_save;
alter table mysql.servers drop primary key;
drop table mysql.servers;
create table mysql.servers like mysql.servers_save;
alter table mysql.servers add column Options text;
drop table mysql.servers;
create table mysql.servers like mysql.servers_save;
alter table mysql.servers modify Host char(64) not null, modify Owner char(64) not null;
drop table mysql.servers;
rename table mysql.servers_save to mysql.servers;
create table mysql.plugin_save like mysql.plugin;
alter table mysql.plugin drop column dl;
drop table mysql.plugin;
create table mysql.plugin like mysql.plugin_save;
alter table mysql.plugin drop primary key;
drop table mysql.plugin;
rename table mysql.plugin_save to mysql.plugin;
-- file plugin/connect/connect/t/alter_xml2.test
CREATE TABLE t1 (c INT NOT NULL, d CHAR(10) NOT NULL) ENGINE=CONNECT TABLE_TYPE=CSV HEADER=1 QUOTED=1;
ALTER TABLE t1 TABLE_TYPE=XML TABNAME=t1 OPTION_LIST='xmlsup=libxml2,rownode=row';
CREATE TABLE t2 (line VARCHAR(100) NOT NULL) ENGINE=CONNECT FILE_NAME='t1.xml';
ALTER TABLE t1 MODIFY d CHAR(10) NOT NULL XPATH='@', HEADER=0;
DROP TABLE t1, t2;
-- file suite/funcs_1/t/is_column_privileges.test
DROP DATABASE IF EXISTS db_datadict;
CREATE DATABASE db_datadict;
USE db_datadict;
DROP DATABASE db_datadict;
DROP DATABASE IF EXISTS db_datadict;
CREATE DATABASE db_datadict;
ALTER TABLE db_datadict.my_table DROP COLUMN f3;
ALTER TABLE db_datadict.my_table CHANGE COLUMN f1 my_col BIGINT;
DROP TABLE db_datadict.my_table;
DROP DATABASE db_datadict;
DROP DATABASE IF EXISTS db_datadict;
CREATE DATABASE db_datadict;
TRUNCATE information_schema.column_privileges;
CREATE INDEX my_idx_on_tables
ON information_schema.column_privileges(table_schema);
ALTER TABLE information_schema.column_privileges ADD f1 INT;
DROP TABLE information_schema.column_privileges;
ALTER TABLE information_schema.column_privileges
RENAME db_datadict.column_privileges;
ALTER TABLE information_schema.column_privileges
RENAME information_schema.xcolumn_privileges;
DROP DATABASE db_datadict;
-- file suite/perfschema/t/ddl_mems_by_thread_by_event_name.test
alter table performance_schema.memory_summary_by_thread_by_event_name
  add column foo integer;
truncate table performance_schema.memory_summary_by_thread_by_event_name;
ALTER TABLE performance_schema.memory_summary_by_thread_by_event_name
  ADD INDEX test_index(USERNAME);
CREATE UNIQUE INDEX test_index
  ON performance_schema.memory_summary_by_thread_by_event_name(USERNAME);
-- file suite/perfschema/t/ddl_ews_global_by_event_name.test
alter table performance_schema.events_waits_summary_global_by_event_name
  add column foo integer;
truncate table performance_schema.events_waits_summary_global_by_event_name;
ALTER TABLE performance_schema.events_waits_summary_global_by_event_name
  ADD INDEX test_index(EVENT_NAME);
CREATE UNIQUE INDEX test_index
  ON performance_schema.events_waits_summary_global_by_event_name(EVENT_NAME);
-- file suite/perfschema/t/ddl_esms_by_thread_by_event_name.test
alter table performance_schema.events_statements_summary_by_thread_by_event_name
  add column foo integer;
truncate table performance_schema.events_statements_summary_by_thread_by_event_name;
ALTER TABLE performance_schema.events_statements_summary_by_thread_by_event_name ADD INDEX test_index(THREAD_ID);
CREATE UNIQUE INDEX test_index
  ON performance_schema.events_statements_summary_by_thread_by_event_name(THREAD_ID);
-- file suite/innodb/t/import_corrupted.test
CREATE TABLE t1 (
  id INT AUTO_INCREMENT PRIMARY KEY,
  not_id INT,
  data CHAR(255),
  data2 BLOB
) ENGINE=INNODB;
ALTER TABLE t1 MODIFY not_id INT UNIQUE KEY;
use strict;
DROP TABLE t1;
CREATE TABLE t2 (
  id INT AUTO_INCREMENT PRIMARY KEY,
  not_id INT UNIQUE KEY,
  data CHAR(255),
  data2 BLOB
) ENGINE=INNODB;
ALTER TABLE t2 DISCARD TABLESPACE;
ALTER TABLE t2 IMPORT TABLESPACE;
DROP TABLE t2;
-- file plugin/type_uuid/type_uuid/type_uuid_mix_int.test
CREATE TABLE t1 (target UUID DEFAULT '00000000-0000-0000-0000-000000000000', source INT DEFAULT 0);
DROP TABLE t1;
CREATE TABLE t1 (target INT DEFAULT 0, source UUID DEFAULT '00000000-0000-0000-0000-000000000000');
DROP TABLE t1;
-- file suite/innodb/t/innodb-autoinc-part.test
CREATE TABLE t1 (a SERIAL) ENGINE=innodb
PARTITION BY RANGE (a) (
    PARTITION p0 VALUES LESS THAN (6),
    PARTITION p1 VALUES LESS THAN MAXVALUE
);
DROP TABLE t1;
-- file suite/engines/funcs/t/tr_insert_after_error.test
DROP TABLE IF EXISTS t1,t2,t3;
CREATE TABLE t1 (c1 TINYINT NOT NULL PRIMARY KEY, c2 TINYINT);
CREATE TABLE t2(c1 INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, old1 TINYINT, new1 TINYINT, old2 TINYINT, new2 TINYINT);
CREATE TABLE t3(c1 TINYINT NOT NULL PRIMARY KEY, c2 TINYINT);
-- file suite/perfschema/t/ddl_status_by_thread.test
alter table performance_schema.status_by_thread
  add column foo integer;
truncate table performance_schema.status_by_thread;
ALTER TABLE performance_schema.status_by_thread
  ADD INDEX test_index(VARIABLE_NAME);
CREATE UNIQUE INDEX test_index
  ON performance_schema.status_by_thread(VARIABLE_NAME);
-- file suite/perfschema/t/ddl_esms_by_host_by_event_name.test
alter table performance_schema.events_statements_summary_by_host_by_event_name
  add column foo integer;
truncate table performance_schema.events_statements_summary_by_host_by_event_name;
ALTER TABLE performance_schema.events_statements_summary_by_host_by_event_name
  ADD INDEX test_index(HOSTNAME);
CREATE UNIQUE INDEX test_index
  ON performance_schema.events_statements_summary_by_host_by_event_name(HOSTNAME);
-- file suite/perfschema/t/socket_summary_by_event_name_func.test
CREATE SCHEMA mysqltest;
CREATE TABLE mysqltest.my_socket_summary AS
  SELECT * FROM performance_schema.socket_summary_by_instance
  WHERE 1 = 0;
ALTER TABLE mysqltest.my_socket_summary
  DROP COLUMN OBJECT_INSTANCE_BEGIN;
ALTER TABLE mysqltest.my_socket_summary
  ADD COLUMN (n INT AUTO_INCREMENT, PRIMARY KEY(n));
CREATE TABLE mysqltest.t1 (n INT AUTO_INCREMENT, s1 VARCHAR(1024), PRIMARY KEY(n));
CREATE TABLE mysqltest.t2 (n INT AUTO_INCREMENT, s1 VARCHAR(1024), PRIMARY KEY(n));
TRUNCATE performance_schema.socket_summary_by_instance;
TRUNCATE performance_schema.socket_summary_by_event_name;
USE mysqltest;
USE mysqltest;
DROP DATABASE mysqltest;
-- file main/mysql_upgrade.test
set sql_mode="";
use test;
create table extralongname_extralongname_extralongname_extralongname_ext (
  id int(10) unsigned not null,
  created_date date not null,
  created timestamp not null,
  primary key (created,id,created_date)
) engine=innodb stats_persistent=1 default charset=latin1
  partition by range (year(created_date))
  subpartition by hash (month(created_date))
  subpartitions 2 (
    partition p2007 values less than (2008),
    partition p2008 values less than (2009)
  );
drop table extralongname_extralongname_extralongname_extralongname_ext;
set sql_mode=default;
create table test.t1(a int) engine=MyISAM;
DROP TABLE test.t1;
DROP VIEW mysql.user;
drop view mysql.user_bak;
drop table mysql.user;
truncate table mysql.tables_priv;
ALTER TABLE mysql.user ADD is_role enum('N', 'Y') COLLATE utf8_general_ci DEFAULT 'N' NOT NULL;
ALTER TABLE mysql.user ADD default_role char(80) binary DEFAULT '' NOT NULL;
ALTER TABLE mysql.user ADD max_statement_time decimal(12,6) DEFAULT 0 NOT NULL;
rename table mysql.global_priv_bak to mysql.global_priv;
drop view mysql.user_bak;
alter table mysql.user drop column Delete_history_priv;
alter table mysql.db drop column Delete_history_priv;
drop table mysql.global_priv;
rename table mysql.global_priv_bak to mysql.global_priv;
drop view mysql.user_bak;
drop table mysql.global_priv;
rename table mysql.global_priv_bak to mysql.global_priv;
drop view mysql.user_bak;
drop table mysql.innodb_index_stats, mysql.innodb_table_stats;
drop table mysql.global_priv;
rename table mysql.global_priv_bak to mysql.global_priv;
drop view mysql.user_bak;
alter table mysql.user change authentication_string auth_string text collate utf8_bin not null;
drop table mysql.global_priv;
rename table mysql.global_priv_bak to mysql.global_priv;
drop view mysql.user_bak;
drop table mysql.user;
truncate table mysql.tables_priv;
drop table mysql.global_priv;
rename table mysql.global_priv_bak to mysql.global_priv;
-- file plugin/mroonga/mroonga/storage/t/index_multiple_column_range_partially_used_have_prefix_greater_than.test
DROP TABLE IF EXISTS items;
CREATE TABLE items (
  id INT PRIMARY KEY AUTO_INCREMENT NOT NULL,
  score1 INT,
  score2 INT,
  created_at DATETIME,
  INDEX (score1, created_at, score2)
) DEFAULT CHARSET=UTF8;
DROP TABLE items;
-- file suite/sysschema/t/v_statements_with_full_table_scans.test
CREATE DATABASE v_statements_with_full_table_scans;
CREATE TABLE v_statements_with_full_table_scans.t (i BIGINT AUTO_INCREMENT PRIMARY KEY, j BIGINT) ENGINE = innodb;
DROP DATABASE v_statements_with_full_table_scans;
-- file plugin/rocksdb/rocksdb/t/write_sync.test
create table aaa (id int primary key, i int) engine rocksdb;
truncate table aaa;
drop table aaa;
-- file plugin/mroonga/mroonga/storage/t/insert_on_duplicate_key_update_no_primary_key_and_unique_key_twice.test
DROP TABLE IF EXISTS numbers;
CREATE TABLE numbers (
  id INT,
  count INT,
  UNIQUE (id)
);
DROP TABLE numbers;
-- file plugin/mroonga/mroonga/storage/t/function_query_expand_pragma.test
SET NAMES UTF8;
DROP TABLE IF EXISTS synonyms;
CREATE TABLE synonyms (
  term varchar(255),
  synonym varchar(255),
  INDEX (term)
);
DROP TABLE synonyms;
-- file suite/encryption/t/innodb-spatial-index.test
CREATE TABLE t1 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL, SPATIAL index(coordinate)) ENGINE=INNODB
ENCRYPTED=YES;
DROP TABLE t1;
CREATE TABLE t1 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL, SPATIAL index(coordinate)) ENGINE=INNODB;
ALTER TABLE t1 ENCRYPTED=YES;
DROP TABLE t1;
CREATE TABLE t1 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL)
PAGE_COMPRESSED=YES, ENCRYPTED=YES ENGINE=INNODB;
ALTER TABLE t1 ADD SPATIAL INDEX b1(coordinate), ALGORITHM=COPY;
ALTER TABLE t1 ADD SPATIAL INDEX b2(coordinate), FORCE, ALGORITHM=INPLACE;
ALTER TABLE t1 ADD SPATIAL INDEX(coordinate);
CREATE SPATIAL INDEX b3 on t1(coordinate);
DROP TABLE t1;
CREATE TABLE t1 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL) ENCRYPTED=DEFAULT ENGINE=INNODB;
CREATE SPATIAL INDEX b on t1(coordinate);
ALTER TABLE t1 DROP INDEX b;
ALTER TABLE t1 ADD SPATIAL INDEX b(coordinate);
DROP TABLE t1;
CREATE TABLE t1 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL, SPATIAL index(coordinate)) ENGINE=INNODB;
CREATE TABLE t2 (pk INT PRIMARY KEY AUTO_INCREMENT,
c VARCHAR(256), coordinate POINT NOT NULL, SPATIAL index(coordinate)) ENGINE=INNODB PAGE_COMPRESSED=YES;
DROP TABLE t1, t2;
-- file suite/innodb/t/innodb_bug44571.test
CREATE TABLE bug44571 (foo INT) ENGINE=InnoDB;
ALTER TABLE bug44571 CHANGE foo bar INT;
ALTER TABLE bug44571 ADD INDEX bug44571b (foo);
ALTER TABLE bug44571 ADD INDEX bug44571c (bar);
DROP INDEX bug44571c ON bug44571;
CREATE INDEX bug44571c ON bug44571 (bar);
DROP TABLE bug44571;
-- file main/cset_narrowing.test
set names utf8mb4;
create table t1 (
  mb3name varchar(32),
  mb3 varchar(32) collate utf8mb3_general_ci,
  key(mb3)
);
create table t10 (
  pk int auto_increment primary key,
  mb4name varchar(32),
  mb4 varchar(32) character set utf8mb4 collate utf8mb4_general_ci
);
set statement optimizer_switch='cset_narrowing=off', join_cache_level=0 for
explain format=json
select * from t10,t1 where t10.mb4=t1.mb3;
create table t2 (
  mb4name varchar(32),
  mb4 varchar(32) collate utf8mb4_general_ci,
  key(mb4)
);
drop table t2;
drop table t1, t10;
-- file main/lowercase_table4.test
CREATE DATABASE XY;
USE XY;
DROP DATABASE XY;
CREATE DATABASE XY;
USE XY;
DROP DATABASE XY;
USE TEST;
DROP TABLE IF EXISTS `Table2`;
DROP TABLE IF EXISTS `Table1`;
CREATE TABLE `Table1`(c1 INT PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE `Table2`(c1 INT PRIMARY KEY, c2 INT) ENGINE=InnoDB;
ALTER TABLE `Table2` ADD CONSTRAINT fk1 FOREIGN KEY(c2) REFERENCES `Table1`(c1);
DROP TABLE `Table2`;
DROP TABLE `Table1`;
DROP TABLE IF EXISTS Product_Order;
DROP TABLE IF EXISTS Product;
DROP TABLE IF EXISTS Customer;
CREATE TABLE Product (Category INT NOT NULL, Id INT NOT NULL,
	Price DECIMAL, PRIMARY KEY(Category, Id)) ENGINE=InnoDB;
CREATE TABLE Customer (Id INT NOT NULL, PRIMARY KEY (Id)) ENGINE=InnoDB;
CREATE TABLE Product_Order (No INT NOT NULL AUTO_INCREMENT,
	Product_Category INT NOT NULL,
	Product_Id INT NOT NULL,
	Customer_Id INT NOT NULL,
	PRIMARY KEY(No),
	INDEX (Product_Category, Product_Id),
	FOREIGN KEY (Product_Category, Product_Id)
		REFERENCES Product(Category, Id) ON UPDATE CASCADE ON DELETE RESTRICT,
	INDEX (Customer_Id),
	FOREIGN KEY (Customer_Id)
		REFERENCES Customer(Id)
	) ENGINE=INNODB;
DROP TABLE Product_Order;
DROP TABLE Product;
DROP TABLE Customer;
-- file suite/atomic/rename_combinations.test
create database test2;
create table t1 (a int);
create table t2 (b int);
create table t3 (c int);
create table t4 (d int);
rename table t3 to t4, t1 to t5, t2 to t1, t5 to t2;
rename table t1 to t5, t3 to t4, t2 to t1, t5 to t2;
rename table t1 to t5, t2 to t1, t3 to t4, t5 to t2;
rename table t1 to t5, t2 to t1, t5 to t2, t3 to t4;
rename table test.t1 to test2.t5, test.t2 to test.t1, t5 to test.t2;
rename table tmp3 to tmp4, tmp1 to t5, tmp2 to tmp1, t5 to tmp1;
rename table tmp1 to t5, tmp3 to tmp4, tmp2 to tmp1, t5 to tmp1;
rename table tmp1 to t5, tmp2 to tmp1, tmp3 to tmp4, t5 to tmp1;
rename table tmp1 to t5, tmp2 to tmp1, t5 to tmp1, tmp3 to tmp4;
rename table t1 to t5, t2 to t1, t5 to t2, tmp3 to tmp4, tmp1 to t5, tmp2 to tmp1, t5 to tmp1;
rename table t1 to t5, t2 to t1, t5 to t2, tmp1 to t5, tmp3 to tmp4, tmp2 to tmp1, t5 to tmp1;
rename table t1 to t5, t2 to t1, t5 to t2, tmp1 to t5, tmp2 to tmp1, tmp3 to tmp4, t5 to tmp1;
rename table t1 to t5, t2 to t1, t5 to t2, tmp1 to t5, tmp2 to tmp1, t5 to tmp1, t3 to t4;
rename table t1 to t5, tmp2 to tmp5, t2 to t1, tmp2 to tmp1, t5 to t2, tmp5 to tmp1, t8 to t9;
drop table tmp1,tmp2,tmp3,tmp4;
-- file suite/gcol/t/rpl_gcol.test
create table t1 (a int, b int generated always as (a+1) virtual);
drop table t1;
-- file main/events_time_zone.test
DROP DATABASE IF EXISTS mysqltest_db1;
CREATE DATABASE mysqltest_db1;
USE mysqltest_db1;
CREATE TABLE t_step (step INT);
-- file suite/innodb/t/innodb_notembedded.test
drop table if exists t1;
create table t1 (col1 integer primary key, col2 integer) engine=innodb;
-- file suite/perfschema/t/show_sanity.test
create table test.sanity(
  `SHOW_MODE` varchar(48) NOT NULL,
  `SOURCE` varchar(64) NOT NULL,
  `VARIABLE_NAME` varchar(64) NOT NULL);
drop table test.sanity;
-- file plugin/mroonga/mroonga/storage/t/alter_table_add_column_multiple.test
DROP TABLE IF EXISTS diaries;
CREATE TABLE diaries (
  id INT PRIMARY KEY AUTO_INCREMENT,
  title VARCHAR(40)
) DEFAULT CHARSET UTF8;
ALTER TABLE diaries
      ADD COLUMN body VARCHAR(140) FIRST,
      ADD COLUMN published BOOLEAN AFTER id,
      ADD COLUMN created_at DATETIME;
DROP TABLE diaries;
-- file plugin/mroonga/mroonga/storage/t/index_multiple_column_primary_strict_sql_mode_update.test
DROP TABLE IF EXISTS scores;
SET NAMES utf8;
CREATE TABLE scores (
  name char(30) NOT NULL,
  score int NOT NULL,
  PRIMARY KEY (name, score)
) DEFAULT CHARSET=utf8;
DROP TABLE scores;
-- file suite/perfschema/t/start_server_zero_digest_sql_length.test
USE performance_schema;
truncate table events_statements_history_long;
-- file plugin/hashicorp_key_management/vault/t/hashicorp_url_prefix.test
CREATE TABLE t1 (a VARCHAR(8)) ENGINE=InnoDB ENCRYPTED=YES ENCRYPTION_KEY_ID=1;
DROP TABLE t1;
-- file plugin/rocksdb/rocksdb/t/issue290.test
CREATE TABLE `linktable` (
  `id1` bigint(20) unsigned NOT NULL DEFAULT '0',
  `id1_type` int(10) unsigned NOT NULL DEFAULT '0',
  `id2` bigint(20) unsigned NOT NULL DEFAULT '0',
  `id2_type` int(10) unsigned NOT NULL DEFAULT '0',
  `link_type` bigint(20) unsigned NOT NULL DEFAULT '0',
  `visibility` tinyint(3) NOT NULL DEFAULT '0',
  `data` varchar(255) NOT NULL DEFAULT '',
  `time` bigint(20) unsigned NOT NULL DEFAULT '0',
  `version` int(11) unsigned NOT NULL DEFAULT '0',
  PRIMARY KEY (link_type, `id1`,`id2`) COMMENT 'cf_link_pk',
  KEY `id1_type` (`id1`,`link_type`,`visibility`,`time`,`id2`,`version`,`data`) COMMENT 'rev:cf_link_id1_type'
) ENGINE=RocksDB DEFAULT COLLATE=latin1_bin;
drop table linktable;
-- file plugin/mroonga/mroonga/wrapper/t/multi_range_read_disk_sweep.test
DROP TABLE IF EXISTS integers;
CREATE TABLE integers (
  id INT PRIMARY KEY AUTO_INCREMENT,
  value INT,
  KEY (value)
) COMMENT='engine "InnoDB"';
DROP TABLE integers;
-- file suite/maria/bulk_insert_crash.test
create table t1 (a int primary key, b int, c int, unique key(b), key(c)) engine=aria transactional=1;
drop table t1;
-- file suite/innodb/t/innodb_bug30423.test
DROP TABLE IF EXISTS bug30243_1;
CREATE TABLE bug30243_1 (
  org_id int(11) NOT NULL default '0',
  UNIQUE KEY (org_id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;
DROP TABLE IF EXISTS bug30243_3;
CREATE TABLE bug30243_3 (
  org_id int(11) default NULL,
  KEY (org_id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;
DROP TABLE IF EXISTS bug30243_2;
CREATE TABLE table_bug30423 (
  org_id int(11) default NULL,
  KEY(org_id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;
drop table bug30243_2;
drop table bug30243_1;
drop table bug30243_3;
drop table table_bug30423;
-- file suite/rpl/t/rpl_switch_stm_row_mixed.test
drop database if exists mysqltest1;
create database mysqltest1;
use mysqltest1;
CREATE TABLE t1 (a varchar(100));
create table t2 ENGINE=MyISAM select rpad(SYS_GUID(),100,' ');
create table t3 select 1 union select SYS_GUID();
SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION' FOR
create table t4 select * from t1 where 3 in (select 1 union select 2 union select SYS_GUID() union select 3);
SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION' FOR
create table t5 select * from t1 where 3 in (select 1 union select 2 union select curdate() union select 3);
-- file suite/innodb/t/innochecksum_flags_and_skip.test
CREATE TABLE t1(a INT PRIMARY KEY) ENGINE=InnoDB STATS_PERSISTENT=0;
use strict;
use warnings;
use File::Spec::Functions qw(catfile);
CREATE TABLE ibd_1(f1 INT PRIMARY KEY)ENGINE=InnoDB;
CREATE TABLE ibd_2(f1 INT PRIMARY KEY)ENGINE=InnoDB;
DROP TABLE t1, ibd_1, ibd_2;
-- file suite/federated/federatedx_versioning.test
truncate tf;
create or replace view vt1 as select * from tf;
drop view vt1;
drop tables t1, t2, t2f, tf;
-- file plugin/connect/connect/t/odbc.test
SET NAMES utf8;
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=ODBC CONNECTION='Bad connection string';
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=ODBC CATFUNC=Sources;
DROP TABLE t1;
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=ODBC CATFUNC=Drivers;
DROP TABLE t1;
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=ODBC CATFUNC=Tables CONNECTION='Not important';
DROP TABLE t1;
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=ODBC CATFUNC=Columns CONNECTION='Not important';
DROP TABLE t1;
-- file suite/innodb/t/lock_memory_debug.test
CREATE TABLE t1 (col1 INT) ENGINE=InnoDB;
SET STATEMENT debug_dbug='+d,innodb_skip_lock_bitmap' FOR
INSERT INTO t1 SELECT a.* FROM t1 a, t1 b, t1 c, t1 d, t1 e, t1 f, t1 g;
DROP TABLE t1;
-- file main/join_optimizer.test
create table t0 (a int);
create table t1 (a varchar(32));
CREATE TABLE t2 (
  id int(11) NOT NULL,
  type varchar(32) default NULL,
  PRIMARY KEY  (id)
);
CREATE TABLE t3 (
  id int(11) NOT NULL,
  domain varchar(32) default NULL,
  type varchar(32) default NULL,
  PRIMARY KEY  (id)
);
CREATE INDEX groups_d ON t3(domain);
CREATE INDEX groups_t ON t3(type);
CREATE INDEX groups_td ON t3(type, domain);
CREATE INDEX groups_dt ON t3(domain, type);
drop table t0,t1,t2,t3;
drop table t1;
create table t1 (x int) engine=innodb;
drop table t1;
-- file main/func_default.test
drop table if exists t1,t2;
create table t1(str varchar(10) default 'def',strnull varchar(10),intg int default '10',rel double default '3.14');
create view v1 as select default(str), default(strnull), default(intg), default(rel) from t1;
drop view v1;
drop table t1;
CREATE TABLE t1 (id int(11), s varchar(20));
DROP TABLE t1;
set timestamp=unix_timestamp('2001-01-01 10:20:30.123456');
create table t1 (a int default 1, b int default (a+1),
  c varchar(100) default 'foo', d text default 'bar',
  e timestamp default now(), f timestamp(6) default now(2));
drop table t1;
CREATE TABLE t1 (a BIGINT NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),10)));
DROP TABLE t1;
CREATE TABLE t1 (a DOUBLE NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),10)));
DROP TABLE t1;
CREATE TABLE t1 (a DECIMAL(10,0) NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),10)));
DROP TABLE t1;
CREATE TABLE t1 (a VARCHAR(32) NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),10)));
DROP TABLE t1;
CREATE TABLE t1 (a DATE NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP()%10,DATE'2001-01-01')));
DROP TABLE t1;
CREATE TABLE t1 (a TIME NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP()%10,TIME'10:20:30')));
DROP TABLE t1;
CREATE TABLE t1 (a DATETIME NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),TIMESTAMP'2001-01-01 10:20:30')));
DROP TABLE t1;
CREATE TABLE t1 (a INT NOT NULL DEFAULT (IF(false,UNIX_TIMESTAMP(),FALSE)));
DROP TABLE t1;
create table t1 (a datetime default current_timestamp);
drop view v1, v2;
drop table t1;
create table t1 (v1 timestamp not null default now() on update now()) select 'x';
drop table t1;
create table t1 (a text default '');
drop view v1;
drop table t1;
create table t (a blob default 'x');
create view v as select * from t;
drop view v;
drop table t;
-- file suite/innodb/t/restart.test
CREATE TABLE tr(a INT)ENGINE=InnoDB ROW_FORMAT=REDUNDANT;
CREATE TABLE tc(a INT)ENGINE=InnoDB ROW_FORMAT=COMPACT
PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=9;
DROP TABLE tr,tc,td;
use IO::Handle;
-- file suite/perfschema/t/ddl_events_transactions_history_long.test
alter table performance_schema.events_transactions_history_long add column foo integer;
truncate table performance_schema.events_transactions_history_long;
ALTER TABLE performance_schema.events_transactions_history_long ADD INDEX test_index(EVENT_ID);
CREATE UNIQUE INDEX test_index ON performance_schema.events_transactions_history_long(EVENT_ID);
-- file suite/perfschema/t/ddl_setup_consumers.test
alter table performance_schema.setup_consumers add column foo integer;
truncate table performance_schema.setup_consumers;
ALTER TABLE performance_schema.setup_consumers ADD INDEX test_index(NAME);
CREATE UNIQUE INDEX test_index ON performance_schema.setup_consumers(NAME);
-- file plugin/rocksdb/rocksdb/t/ttl_secondary_with_partitions.test
CREATE TABLE t1 (
    c1 INT,
    c2 INT,
    PRIMARY KEY (`c1`),
    KEY kc2 (`c2`)
) ENGINE=ROCKSDB
COMMENT="custom_p0_ttl_duration=1;
DROP TABLE t1;
-- file suite/perfschema/t/ddl_fs_by_event_name.test
alter table performance_schema.file_summary_by_event_name add column foo integer;
truncate table performance_schema.file_summary_by_event_name;
ALTER TABLE performance_schema.file_summary_by_event_name ADD INDEX test_index(NAME);
CREATE UNIQUE INDEX test_index ON performance_schema.file_summary_by_event_name(NAME);
-- file suite/maria/optimize.test
drop table if exists t1;
CREATE TABLE t1 ( `col_varchar_1000_utf8_not_null_key` varchar(1000)  CHARACTER SET utf8 not null, `col_varchar_1000_utf8_key` varchar(1000)  CHARACTER SET utf8, `col_varchar_1000_utf8_not_null` varchar(1000)  CHARACTER SET utf8 not null, `col_varchar_1000_utf8` varchar(1000)  CHARACTER SET utf8, pk varchar(1000) not null, `col_varchar_1000_latin1` varchar(1000)  CHARACTER SET latin1, `col_varchar_1000_latin1_not_null_key` varchar(1000)  CHARACTER SET latin1 not null, `col_varchar_1000_latin1_not_null` varchar(1000)  CHARACTER SET latin1 not null, `col_varchar_1000_latin1_key` varchar(1000)  CHARACTER SET latin1, /*Indices*/ key (`col_varchar_1000_utf8_not_null_key` ), key (`col_varchar_1000_utf8_key` ), primary key (pk), key (`col_varchar_1000_latin1_not_null_key` ), key (`col_varchar_1000_latin1_key` )) ENGINE=aria;
drop table t1;
CREATE TABLE t1 (a INT, KEY(a)) ENGINE=Aria;
ALTER TABLE t1 DISABLE KEYS;
DROP TABLE t1;
-- file suite/perfschema/t/ddl_ets_by_account_by_event_name.test
alter table performance_schema.events_transactions_summary_by_account_by_event_name
  add column foo integer;
truncate table performance_schema.events_transactions_summary_by_account_by_event_name;
ALTER TABLE performance_schema.events_transactions_summary_by_account_by_event_name
  ADD INDEX test_index(USERNAME);
CREATE UNIQUE INDEX test_index
  ON performance_schema.events_transactions_summary_by_account_by_event_name(USERNAME);
-- file suite/csv/flush.test
CREATE TABLE t1(a INT NOT NULL) ENGINE=csv;
DROP TABLE t1, t2;
-- file main/partition_charset.test
drop table if exists t1;
set names utf8;
create table t1 (s1 int)
  partition by list (s1)
    (partition c values in (1),
     partition Ç values in (3));
set names latin1;
drop table t1;
create table t1 (a varchar(1), primary key (a))
partition by list (ascii(a))
(partition p1 values in (65));
CREATE TABLE t1 (a CHAR CHARACTER SET ucs2)
  PARTITION BY RANGE COLUMNS (a)
  (PARTITION p0 VALUES LESS THAN ('a'));
ALTER TABLE t1 CHANGE COLUMN a a CHAR BINARY;
DROP TABLE t1;
CREATE TABLE t1 (a BINARY (10)) PARTITION BY LIST COLUMNS (a) (PARTITION p VALUES IN (0xFF));
ALTER TABLE t1 CHANGE COLUMN a a CHAR(10) BINARY;
DROP TABLE t1;
-- file suite/perfschema/t/processlist_reg_user.test
TRUNCATE TABLE performance_schema.events_statements_history;
TRUNCATE TABLE performance_schema.events_statements_history;
TRUNCATE TABLE performance_schema.events_statements_history;
TRUNCATE TABLE performance_schema.events_statements_history;
-- file suite/innodb/t/innodb-mdev-7408.test
CREATE TABLE `stop_it-IT` ENGINE = InnoDB SELECT * FROM information_schema.INNODB_FT_DEFAULT_STOPWORD;
drop table `stop_it-IT`;
CREATE TABLE stop_it ENGINE = InnoDB SELECT * FROM information_schema.INNODB_FT_DEFAULT_STOPWORD;
drop table stop_it;
-- file suite/json/t/rpl_json_longtext.test
CREATE TABLE t1 (a LONGTEXT CHECK(JSON_VALID(a)));
DROP TABLE t1;
-- file suite/rpl/include/rpl_implicit_commit_binlog.test
CREATE VIEW v AS SELECT * FROM tt_1;
DROP VIEW v;
CREATE INDEX ix ON tt_1(ddl_case);
DROP INDEX ix ON tt_1;
ALTER TABLE tt_xx ADD COLUMN (b int);
ALTER TABLE tt_xx RENAME new_tt_xx;
CREATE TABLE tt_xx (a int);
ALTER TABLE tt_xx ADD COLUMN (b int);
RENAME TABLE tt_xx TO new_tt_xx;
TRUNCATE TABLE new_tt_xx;
DROP TABLE IF EXISTS tt_xx, new_tt_xx;
CREATE DATABASE db;
DROP DATABASE IF EXISTS db;
DROP TABLE tt_1;
DROP TABLE tt_2;
DROP TABLE nt_1;
-- file main/insert_innodb.test
CREATE TABLE t1 (fld1 INT PRIMARY KEY) ENGINE=INNODB;
CREATE TABLE t2 (fld2 INT, FOREIGN KEY (fld2) REFERENCES t1 (fld1))
ENGINE=INNODB;
DROP TABLE t2, t1;
CREATE TABLE t1 (fld1 INT PRIMARY KEY) ENGINE= INNODB;
CREATE TABLE t2 (fld1 VARCHAR(10), fld2 INT NOT NULL,
CONSTRAINT fk FOREIGN KEY (fld2) REFERENCES t1(fld1)) ENGINE= INNODB;
DROP TABLE t2, t1;
-- file plugin/mroonga/mroonga/storage/t/optimization_count_skip_index_less.test
DROP TABLE IF EXISTS users;
CREATE TABLE users (
  age INT,
  INDEX (age)
) DEFAULT CHARSET=UTF8;
DROP TABLE users;
-- file main/mysqldump-utf8mb4.test
SET NAMES utf8mb4;
CREATE TABLE t1 (
  point VARCHAR(10) PRIMARY KEY,
  data VARCHAR(10),
  comment VARCHAR(64)
) CHARACTER SET utf8mb4;
DROP TABLE t1;
CREATE TABLE t1 (
  point VARCHAR(10) PRIMARY KEY,
  data VARCHAR(10),
  comment VARCHAR(64)
) CHARACTER SET utf8mb4;
DROP TABLE t1;
DROP TABLE t1;
-- file suite/galera/t/galera_many_tables_pk.test
CREATE TABLE sum_table (f1 INTEGER);
DROP SCHEMA test;
CREATE SCHEMA test;
-- file plugin/mroonga/mroonga/storage/t/fulltext_boolean_mode_pragma_weight_ten_or_more_sections.test
DROP TABLE IF EXISTS memos;
SET NAMES utf8;
CREATE TABLE memos (
  title VARCHAR(255),
  tag1 VARCHAR(10),
  tag2 VARCHAR(10),
  tag3 VARCHAR(10),
  tag4 VARCHAR(10),
  tag5 VARCHAR(10),
  tag6 VARCHAR(10),
  tag7 VARCHAR(10),
  tag8 VARCHAR(10),
  tag9 VARCHAR(10),
  tag10 VARCHAR(10),
  FULLTEXT INDEX (tag1, tag2, tag3, tag4, tag5, tag6, tag7, tag8, tag9, tag10)
) DEFAULT CHARSET=utf8;
DROP TABLE memos;
-- file suite/perfschema/t/ddl_esms_by_digest.test
alter table performance_schema.events_statements_summary_by_digest
  add column foo integer;
truncate table performance_schema.events_statements_summary_by_digest;
ALTER TABLE performance_schema.events_statements_summary_by_digest ADD INDEX test_index(DIGEST);
CREATE UNIQUE INDEX test_index
  ON performance_schema.events_statements_summary_by_digest(DIGEST);
-- file main/partition_not_windows.test
drop table t1;
set @@sql_mode='NO_DIR_IN_CREATE';
create table t1 (i int )
partition by range (i)
(
  partition p01 values less than (1000)
  data directory='/not/existing'
  index directory='/not/existing'
);
DROP TABLE t1, t2;
set @@sql_mode=@org_mode;
DROP TABLE example;
CREATE TABLE `example` (
  `ID_EXAMPLE` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `DESCRIPTION` varchar(30) NOT NULL,
  `LEVEL` smallint(5) unsigned DEFAULT NULL,
  PRIMARY KEY (`ID_EXAMPLE`)
) ENGINE = MYISAM 
PARTITION BY HASH(ID_EXAMPLE)(
PARTITION p0 DATA DIRECTORY = '/not/existent/p0Data',
PARTITION p1 DATA DIRECTORY = '/not/existent/p1Data',
PARTITION p2 DATA DIRECTORY = '/not/existent/p2Data',
PARTITION p3 DATA DIRECTORY = '/not/existent/p3Data'
);
drop table `./t1`;
-- file suite/perfschema/t/ddl_events_statements_history_long.test
alter table performance_schema.events_statements_history_long add column foo integer;
truncate table performance_schema.events_statements_history_long;
ALTER TABLE performance_schema.events_statements_history_long ADD INDEX test_index(EVENT_ID);
CREATE UNIQUE INDEX test_index ON performance_schema.events_statements_history_long(EVENT_ID);
-- file suite/gcol/t/innodb_wl8114.test
CREATE TABLE t_8114 (a int) ENGINE = INNODB;
ALTER TABLE t_8114 ADD b INT GENERATED  ALWAYS AS (a) VIRTUAL;
DROP TABLE t_8114;
CREATE TABLE t_8114 (Column_1 CHAR(5) GENERATED ALWAYS AS (PI()+5), Column_2  CHAR(5)) engine=innodb;
ALTER TABLE t_8114 DROP Column_1;
DROP TABLE t_8114;
-- file suite/rpl/t/rpl_gtid_errorhandling.test
CREATE TABLE t1(a INT PRIMARY KEY) ENGINE=InnoDB;
ALTER TABLE mysql.gtid_slave_pos CHANGE seq_no seq_no VARCHAR(20);
ALTER TABLE mysql.gtid_slave_pos CHANGE seq_no seq_no BIGINT UNSIGNED NOT NULL;
ALTER TABLE mysql.gtid_slave_pos DROP PRIMARY KEY;
ALTER TABLE mysql.gtid_slave_pos ADD PRIMARY KEY (sub_id, domain_id);
ALTER TABLE mysql.gtid_slave_pos DROP PRIMARY KEY;
ALTER TABLE mysql.gtid_slave_pos ADD PRIMARY KEY (sub_id);
ALTER TABLE mysql.gtid_slave_pos DROP PRIMARY KEY;
ALTER TABLE mysql.gtid_slave_pos ADD PRIMARY KEY (domain_id, sub_id);
CREATE TABLE t2 (a INT) ENGINE=MyISAM;
DROP TABLE t1;
DROP TABLE t2;
-- file main/log_tables_upgrade.test
USE test;
USE mysql;
RENAME TABLE general_log TO renamed_general_log;
RENAME TABLE test.bug49823 TO general_log;
DROP TABLE general_log;
RENAME TABLE renamed_general_log TO general_log;
USE test;
-- file plugin/mroonga/mroonga/storage/t/foreign_key_update_existent.test
DROP DATABASE test;
CREATE DATABASE test;
USE test;
CREATE TABLE comments (
  id int unsigned PRIMARY KEY,
  content varchar(140) NOT NULL
);
CREATE TABLE entries (
  content varchar(140) NOT NULL,
  comment_id int unsigned,
  FOREIGN KEY (comment_id) REFERENCES comments (id)
);
DROP TABLE entries;
DROP TABLE comments;
-- file suite/innodb/t/innodb_stats_flag_global.test
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB;
DROP TABLE test_ps_flag;
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB STATS_PERSISTENT=default;
DROP TABLE test_ps_flag;
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB STATS_PERSISTENT=0;
DROP TABLE test_ps_flag;
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB STATS_PERSISTENT=1;
DROP TABLE test_ps_flag;
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB STATS_PERSISTENT=0;
ALTER TABLE test_ps_flag STATS_PERSISTENT=1;
ALTER TABLE test_ps_flag STATS_PERSISTENT=0;
ALTER TABLE test_ps_flag STATS_PERSISTENT=default;
DROP TABLE test_ps_flag;
CREATE TABLE test_ps_flag (a INT) ENGINE=INNODB STATS_PERSISTENT=1;
ALTER TABLE test_ps_flag STATS_PERSISTENT=0;
ALTER TABLE test_ps_flag STATS_PERSISTENT=1;
ALTER TABLE test_ps_flag STATS_PERSISTENT=default;
DROP TABLE test_ps_flag;
-- file main/rowid_filter.test
DROP DATABASE IF EXISTS dbt3_s001;
CREATE DATABASE dbt3_s001;
use dbt3_s001;
CREATE INDEX i_l_quantity ON lineitem(l_quantity);
CREATE INDEX i_o_totalprice ON orders(o_totalprice);
ALTER TABLE lineitem ADD CONSTRAINT l_date CHECK(l_shipdate < l_receiptdate);
ALTER TABLE orders ADD COLUMN o_totaldiscount double;
CREATE INDEX i_o_totaldiscount on orders(o_totaldiscount);
ALTER TABLE orders ADD CONSTRAINT o_price CHECK(o_totalprice > o_totaldiscount);
CREATE VIEW v1 AS
SELECT * FROM orders
WHERE o_orderdate BETWEEN '1992-12-01' AND '1997-01-01';
ALTER TABLE lineitem DROP CONSTRAINT l_date;
ALTER TABLE orders DROP CONSTRAINT o_price;
ALTER TABLE orders DROP COLUMN o_totaldiscount;
DROP VIEW v1;
DROP DATABASE dbt3_s001;
use test;
create table t1 (
  pk int not null primary key, c2 varchar(10) , i1 int,key (c2)
) engine=myisam;
create table t2 (
 pk int, i1 int, c1 varchar(30) , key c1 (c1(30)), key i1 (i1)
) engine=myisam;
drop table t1,t2;
CREATE TABLE t1 (
  pk INT, i INT, PRIMARY KEY (pk), KEY (pk,i)
) ENGINE=MyISAM;
DROP TABLE t1;
CREATE TABLE t1 (pk int) engine=myisam;
CREATE TABLE t2 (
  pk int PRIMARY KEY,
  i1 int, i2 int,
  c2 varchar(100),
  KEY (i1),
  KEY (i2)
) engine=myisam;
DROP TABLE t1,t2;
CREATE TABLE t1 (
  pk1 INT PRIMARY KEY, a1 INT, b1 VARCHAR(1), KEY(a1), KEY(b1)
) ENGINE=MyISAM;
CREATE TABLE t2 (pk2 INT PRIMARY KEY, a2 INT, b2 VARCHAR(1)) ENGINE=MyISAM;
DROP TABLE t1,t2;
create table t10(a int);
create table t11(a int);
CREATE TABLE t1 (
  el_id int(10) unsigned NOT NULL ,
  el_index blob NOT NULL,
  el_index_60 varbinary(60) NOT NULL,
  filler blob,

  PRIMARY KEY (el_id),
  KEY el_index (el_index(60)),
  KEY el_index_60 (el_index_60,el_id)
);
drop table t10, t11, t1;
CREATE TABLE t1 (a INT, b INT, INDEX(a), INDEX(b));
drop table t1;
create table t1 (
  pk int primary key auto_increment,
  nm varchar(32),
  fl1 tinyint default 0,
  fl2 tinyint default 0,
  index idx1(nm, fl1),
  index idx2(fl2)
) engine=myisam;
create table name (
  pk int primary key auto_increment,
  nm bigint
) engine=myisam;
create table flag2 (
  pk int primary key auto_increment,
  fl2 tinyint
) engine=myisam;
truncate table name;
truncate table flag2;
truncate table t1;
truncate table name;
truncate table flag2;
truncate table t1;
truncate table name;
truncate table flag2;
truncate table t1;
drop table name, flag2;
drop table t1;
create table t1 (
  pk int primary key auto_increment,
  nm char(255),
  fl1 tinyint default 0,
  fl2 int default 0,
  index idx1(nm, fl1),
  index idx2(fl2)
) engine=myisam;
create table name (
  pk int primary key auto_increment,
  nm bigint
) engine=myisam;
create table flag2 (
  pk int primary key auto_increment,
  fl2 int
) engine=myisam;
create table t0 select * from t1  where nm like '34%';
drop table t0;
drop table name, flag2;
drop table t1;
-- file suite/sql_sequence/lock.test
drop table if exists s1, t1, t2;
CREATE SEQUENCE s1;
create table t1 (a int);
create table t2 (a int);
create or replace sequence s1;
drop tables s1, t1, t2;
CREATE SEQUENCE s1;
DROP SEQUENCE s1;
DROP SEQUENCE s1;
CREATE SEQUENCE seq1;
CREATE SEQUENCE seq2;
DROP SEQUENCE seq1, seq2;
CREATE OR REPLACE SEQUENCE s1 ENGINE=MyISAM;
TRUNCATE TABLE s1;
DROP SEQUENCE s1;
-- file main/plugin.test
CREATE TABLE t1(a int) ENGINE=EXAMPLE;
CREATE TABLE t1 (a int) ENGINE=EXAMPLE;
CREATE TABLE t2 (a int) ENGINE=EXAMPLE;
DROP TABLE t1;
DROP TABLE t2;
set session sql_mode='';
set session sql_mode='STRICT_ALL_TABLES';
set session sql_mode=@old_sql_mode;
CREATE TABLE t1 ( a int complex='c,f,f,f' ) ENGINE=example ULL=10000 STR='dskj' one_or_two='one' YESNO=0;
drop table t1;
SET SQL_MODE='IGNORE_BAD_TABLE_OPTIONS';
CREATE TABLE t1 (a int, b int) ENGINE=example ULL=10000000000000000000 one_or_two='ttt' YESNO=SSS;
alter table t1 ULL=10000000;
alter table t1 change a a int complex='c,c,c';
alter table t1 one_or_two=two;
drop table t1;
SET SQL_MODE='';
CREATE TABLE t1 (a int) ENGINE=example ULL=10000000000000000000 one_or_two='ttt' YESNO=SSS;
CREATE TABLE t1 (a int) ENGINE=example ULL=10.00;
CREATE TABLE t1 (a int) ENGINE=example ULL=1e2;
CREATE TABLE t1 (a int) ENGINE=example ULL=0x1234;
ALTER TABLE t1 ULL=DEFAULT;
DROP TABLE t1;
create table t1 (a int) engine=example;
drop table t1;
create table t1 (a int) engine=example varopt=15;
alter table t1 varopt=default;
drop table t1;
SET @@SQL_MODE=@OLD_SQL_MODE;
set names utf8;
CREATE TABLE t1(a INT) ENGINE=EXAMPLE;
RENAME TABLE t1 TO t2;
DROP TABLE t1;
DROP TABLE t1;
DROP TABLE t1;
-- file suite/rpl/t/rpl_cant_read_event_incident.test
drop table if exists t;
-- file suite/galera/t/galera_mdev_15611.test
CREATE TABLE t1 (
  id int primary key
);
CREATE TABLE t2 (
  id int primary key ,
  f_id int DEFAULT NULL, FOREIGN KEY(f_id)  REFERENCES t1 (id)
);
drop table t2,t1;
-- file suite/rpl/t/rpl_gis_user_var.test
CREATE TABLE t1 AS SELECT @p AS p;
DROP TABLE t1;
-- file suite/archive/discover_5438.test
create table t1 (a int) engine=archive;
create view t1 as select "I am a view" as a;
drop table t1;
create table t1 (a int) engine=archive;
drop table t1;
create table t1 (a int) engine=archive;
create table t2 (a int);
alter table t2 rename t1;
drop table t2, t1;
-- file suite/innodb_fts/t/subexpr.test
CREATE TABLE t1 (
    f1 INT NOT NULL AUTO_INCREMENT,
    f2 TEXT NOT NULL,
    PRIMARY KEY (f1),
    FULLTEXT (f2)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
DROP TABLE t1;
-- file suite/rpl/t/rpl_semi_sync_no_missed_ack_after_add_slave.test
drop table t1;
-- file suite/rpl/t/rpl_start_alter_4.test
ALTER TABLE mysql.gtid_slave_pos ENGINE=InnoDB;
-- file suite/maria/mrr.test
drop table if exists t1,t2,t3,t4;
CREATE TABLE `t1` (
  `col_int_key` int(11) DEFAULT NULL,
  `col_datetime_key` datetime DEFAULT NULL,
  `col_varchar_key` varchar(1) DEFAULT NULL,
  `col_varchar_nokey` varchar(1) DEFAULT NULL,
  KEY `col_varchar_key` (`col_varchar_key`,`col_int_key`)
) ENGINE=MARIA DEFAULT CHARSET=latin1 PAGE_CHECKSUM=1;
CREATE TABLE `t2` (
  `col_int_key` int(11) DEFAULT NULL,
  `col_datetime_key` datetime DEFAULT NULL,
  `col_varchar_key` varchar(1) DEFAULT NULL,
  `col_varchar_nokey` varchar(1) DEFAULT NULL,
  KEY `col_varchar_key` (`col_varchar_key`,`col_int_key`)
) ENGINE=MARIA DEFAULT CHARSET=latin1 PAGE_CHECKSUM=1;
drop table t1, t2;
CREATE TABLE t1(
  pk int NOT NULL, i int NOT NULL, v varchar(1) NOT NULL,
  PRIMARY KEY (pk), INDEX idx (v, i)
) ENGINE=ARIA;
CREATE TABLE t2(
  pk int NOT NULL, i int NOT NULL, v varchar(1) NOT NULL,
  PRIMARY KEY (pk), INDEX idx (v, i)
) ENGINE=ARIA;
CREATE TABLE t3(
  pk int NOT NULL, i int NOT NULL, v varchar(1) NOT NULL,
  PRIMARY KEY (pk), INDEX idx (v, i)
) ENGINE=ARIA;
DROP TABLE t1,t2,t3;
CREATE TABLE t1 (
  pk int(11) NOT NULL AUTO_INCREMENT,
  col_varchar_1024_latin1_key varchar(1024) DEFAULT NULL,
  PRIMARY KEY (pk),
  KEY col_varchar_1024_latin1_key (col_varchar_1024_latin1_key)
) ENGINE=Aria;
CREATE TABLE t2 (
  col_varchar_10_latin1 varchar(10) DEFAULT NULL
) ENGINE=Aria;
drop table t1, t2;
CREATE TABLE t1 (
  f2 varchar(32) COLLATE latin1_swedish_ci, 
  f3 int(11), 
  f4 varchar(4096) COLLATE utf8_bin,
  f5 varchar(4096) COLLATE latin1_bin,
  KEY (f5)
) ENGINE=Aria TRANSACTIONAL=0;
drop table t1;
-- file main/subselect3.test
drop table if exists t0, t1, t2, t3, t4, t5, t11, t12, t21, t22;
-- file plugin/rocksdb/rocksdb/t/rocksdb_cf_per_partition.test
DROP TABLE IF EXISTS t1;
DROP TABLE IF EXISTS t2;
CREATE TABLE t1 (
    c1 INT,
    c2 INT,
    name VARCHAR(25) NOT NULL,
    event DATE,
    PRIMARY KEY (`c1`, `c2`) COMMENT 'testcomment'
) ENGINE=ROCKSDB
PARTITION BY LIST(c1) (
    PARTITION custom_p0 VALUES IN (1, 4, 7),
    PARTITION custom_p1 VALUES IN (2, 5, 8),
    PARTITION custom_p2 VALUES IN (3, 6, 9)
);
DROP TABLE t1;
CREATE TABLE t1 (
    c1 INT,
    c2 INT,
    name VARCHAR(25) NOT NULL,
    event DATE,
    PRIMARY KEY (`c1`, `c2`) COMMENT 'rev:testrevcomment'
) ENGINE=ROCKSDB
PARTITION BY LIST(c1) (
    PARTITION custom_p0 VALUES IN (1, 4, 7),
    PARTITION custom_p1 VALUES IN (2, 5, 8),
    PARTITION custom_p2 VALUES IN (3, 6, 9)
);
DROP TABLE t1;
-- file plugin/rocksdb/rocksdb_rpl/t/rpl_binlog_xid_count.test
CREATE TABLE `t` (
  `a` text DEFAULT NULL
) ENGINE=ROCKSDB;
DROP TABLE t;
-- file plugin/rocksdb/rocksdb/t/ttl_primary_read_filtering.test
DROP TABLE t1;
-- file suite/binlog/t/binlog_stm_binlog.test
drop table t1;
-- file suite/galera/t/galera_bf_abort_at_after_statement.test
CREATE TABLE t1 (id INT PRIMARY KEY, val INT);
DROP TABLE t1;
-- file suite/rpl/t/rpl_semi_sync_event.test
DROP TABLE t1;
-- file plugin/type_inet/type_inet/type_inet6_mix_inet4.test
CREATE TABLE t1 (i4 INET4, i6 INET6);
DROP TABLE t1;
-- file suite/mariabackup/compression_providers_loaded.test
drop table t1;
-- file suite/rpl/t/rpl_gtid_until.test
ALTER TABLE mysql.gtid_slave_pos ENGINE=InnoDB;
-- file suite/rpl/include/rpl_commit_after_flush.test
drop table t1;
-- file suite/perfschema/t/digest_table_full.test
TRUNCATE TABLE performance_schema.events_statements_summary_by_digest;
-- file main/user_var-binlog.test
create table t1 (a varchar(50));
SET TIMESTAMP=10000;
-- file suite/plugins/t/qc_info.test
drop table t1;
create table qc_t(a int);
drop table qc_t;
-- file main/count_distinct3.test
DROP TABLE IF EXISTS t1, t2;
CREATE TABLE t1 (id INTEGER, grp TINYINT, id_rev INTEGER);
DROP TABLE t1;
-- file plugin/rocksdb/rocksdb/t/rocksdb_debug.test
CREATE TABLE t2(c1 TINYINT SIGNED KEY,c2 TINYINT UNSIGNED,c3 INT);
DROP TABLE t2;
-- file plugin/connect/connect/t/dbf.test
CREATE TABLE t1 (a INT NOT NULL) ENGINE=CONNECT TABLE_TYPE=DBF FILE_NAME='t1.dbf';
DROP TABLE t1;
CREATE TABLE t1 ENGINE=CONNECT TABLE_TYPE=DBF FILE_NAME='t1.dbf';
-- file main/mysql_upgrade_mysql_json_with_plugin_loaded.test
SET NAMES utf8;
drop table mysql_json_test;
drop table mysql_json_test_big;
-- file suite/rpl/t/rpl_stm_sp.test
CREATE TABLE t1(a INT);
-- file suite/galera_3nodes_sr/t/GCF-832.test
CREATE TABLE t1 (f1 VARCHAR(30) not null primary key) ENGINE=InnoDB;
DROP TABLE t1;
-- file plugin/rocksdb/rocksdb/t/concurrent_alter.test
DROP DATABASE IF EXISTS mysqlslap;
CREATE DATABASE mysqlslap;
use mysqlslap;
CREATE TABLE a1 (a int, b int) ENGINE=ROCKSDB;
DROP DATABASE mysqlslap;
-- file include/binlog_parallel_replication_marks.test
CREATE TABLE t1 (a INT PRIMARY KEY, b INT) ENGINE=InnoDB;
-- file suite/perfschema/t/statement_digest_consumers2.test
TRUNCATE TABLE performance_schema.events_statements_summary_by_digest;
-- file suite/innodb/t/create_like.test
create table t1 (a int, b blob) engine=innodb;
create table s_import like t1;
DROP TABLE t1,s_import;
-- file main/ctype_utf8mb3_innodb.test
CREATE TABLE t (
  a INT,
  b VARCHAR(16),
  c CHAR(8),
  PRIMARY KEY (b,c),
  KEY(c)
) ENGINE=InnoDB CHARACTER SET utf8mb3 COLLATE utf8mb3_general_nopad_ci;
DROP TABLE t;
CREATE TABLE t (
  id INT,
  b TEXT,
  KEY(id),
  PRIMARY KEY (b(2),id)
) ENGINE=InnoDB COLLATE utf8mb3_general_nopad_ci;
DROP TABLE t;
-- file suite/innodb/t/create_isl_with_direct.test
DROP TABLE t1;
-- file suite/innodb_fts/t/savepoint.test
CREATE TABLE articles (
	id INT UNSIGNED NOT NULL PRIMARY KEY,
	title VARCHAR(200),
	FULLTEXT (title)
	) ENGINE= InnoDB;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
CREATE TABLE t(a INT PRIMARY KEY) ENGINE=InnoDB;
DROP TABLE t;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
TRUNCATE TABLE articles;
DROP TABLE articles;
-- file suite/parts/t/partition_alter_myisam.test
alter online table t1 delay_key_write=0;
alter online table t1 delay_key_write=1;
drop table t1;
create table t1 (i1 int primary key, i2 int, d1 date, key(i2))
partition by hash(i1) partitions 3;
alter table t1 disable keys;
alter table t1 add partition (partition p4);
drop table t1;
-- file suite/innodb/t/index_merge_threshold.test
CREATE TABLE tab(a BIGINT PRIMARY KEY,c1 TINYTEXT,c2 TEXT,c3 MEDIUMTEXT,
c4 TINYBLOB,c5 BLOB,c6 MEDIUMBLOB,c7 LONGBLOB) ENGINE=InnoDB;
CREATE INDEX index1 ON tab(c1(255)) COMMENT 'Check index level merge MERGE_THRESHOLD=51';
CREATE INDEX index2 ON tab(c2(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=-1';
CREATE INDEX index3 ON tab(c3(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=20';
CREATE INDEX index4 ON tab(c4(255)) COMMENT 'Check index level merge MERGE_THRESHOLD=25';
CREATE INDEX index5 ON tab(c5(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=30';
CREATE INDEX index6 ON tab(c6(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=35';
CREATE INDEX index7 ON tab(c7(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=40';
ALTER TABLE tab comment='MERGE_THRESHOLD=49';
ALTER TABLE tab MODIFY COLUMN c7 VARCHAR(2048);
ALTER TABLE tab ADD INDEX index8 (c7(750)) COMMENT 'Check index level merge MERGE_THRESHOLD=45';
DROP TABLE tab;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB;
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB
COMMENT='MERGE_THRESHOLD=35';
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB
COMMENT='MERGE_THRESHOLD=25';
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048))
COMMENT='MERGE_THRESHOLD=35'
PARTITION BY RANGE (a)
(PARTITION p0 VALUES LESS THAN (20) ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB);
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB;
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB
COMMENT='MERGE_THRESHOLD=35';
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b varchar(2048)) engine=InnoDB
COMMENT='MERGE_THRESHOLD=25';
DROP TABLE tab1;
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b blob) engine=InnoDB row_format=dynamic;
CREATE INDEX index1 ON tab1(b(750));
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b blob) engine=InnoDB row_format=dynamic;
CREATE INDEX index1 ON tab1(b(750)) COMMENT 'MERGE_THRESHOLD=45';
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b blob) engine=InnoDB row_format=dynamic;
CREATE INDEX index1 ON tab1(b(750)) COMMENT 'MERGE_THRESHOLD=40';
DROP TABLE tab1;
CREATE TABLE tab1 (a bigint primary key, b blob) engine=InnoDB
ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;
CREATE INDEX index1 ON tab1(b(750)) COMMENT 'MERGE_THRESHOLD=45';
DROP TABLE tab1;
-- file suite/maria/maria-mvcc.test
drop table if exists t1;
create table t1 (i int) engine=aria;
drop table t1;
CREATE TABLE t1 (fid INT NOT NULL AUTO_INCREMENT PRIMARY KEY,    g GEOMETRY NOT NULL,   SPATIAL KEY(g) ) transactional=1 row_format=page engine=aria;
drop table t1;
-- file suite/rpl/t/rpl_row_index_choice.test
CREATE TABLE t1 (a int, b varchar(100), fulltext(b)) engine=MyISAM;
DROP TABLE t1;
CREATE TABLE t1 (d INT PRIMARY KEY) ENGINE=myisam;
CREATE TABLE t2 (a INT, b INT, c INT, d INT,
                 KEY wrong_key(a),
                 KEY expected_key(b,c),
		 KEY wrong_key2(c)) ENGINE=myisam;
DROP TABLE t2;
CREATE TABLE t2 (a INT, b INT, c INT, d INT NOT NULL, e INT,
       	     	 UNIQUE wrong_key3(a,e),
		 KEY wrong_key4(b,c),
		 UNIQUE expected_key(d)) ENGINE=myisam;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, d INT NOT NULL,
       	         KEY wrong_key5(b),
		 UNIQUE expected_key(d),
		 KEY wrong_key6(c)) ENGINE=myisam;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, d INT NOT NULL,
       	         KEY expected_key(b),
		 KEY wrong_key7(d),
		 KEY wrong_key8(c)) ENGINE=myisam;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, d INT,
       	     	 UNIQUE wrong_key9(d),
		 KEY wrong_key10(a),
       	         PRIMARY KEY expected_key(c,b)) ENGINE=innodb;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, d INT, e INT,
       	     	 UNIQUE wrong_key11(e),
		 KEY wrong_key12(a),
       	         KEY expected_key(c,b)) ENGINE=innodb;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, d INT, e INT,
		 KEY wrong_key13(a),
       	     	 UNIQUE expected_key(e),
       	         KEY wrong_key14(c,b)) ENGINE=innodb;
DROP TABLE t2;
CREATE TABLE t2 (a INT NOT NULL, d INT) ENGINE=innodb;
DROP TABLE t2;
DROP TABLE t1;
-- file suite/innodb_fts/t/fulltext_left_join.test
drop table if exists t1, t2;
CREATE TABLE t1 (
       id           VARCHAR(255) NOT NULL PRIMARY KEY,
       sujet        VARCHAR(255),
       motsclefs    TEXT,
       texte        MEDIUMTEXT,
       FULLTEXT(sujet, motsclefs, texte)
) ENGINE = InnoDB;
CREATE TABLE t2 (
       id         VARCHAR(255) NOT NULL,
       author     VARCHAR(255) NOT NULL
) ENGINE = InnoDB;
drop table t1, t2;
create table t1 (venue_id int(11) default null, venue_text varchar(255) default null, dt datetime default null) ENGINE = InnoDB;
drop table t1,t2;
create table t1 (id int not null primary key, d char(200) not null, e char(200), fulltext (d, e)) ENGINE = InnoDB;
create table t2 (m_id int not null, f char(200), key (m_id), fulltext (f)) engine = InnoDB;
drop table t1,t2;
CREATE TABLE t1 (
  id int(10) NOT NULL auto_increment,
  link int(10) default NULL,
  name mediumtext default NULL,
  PRIMARY KEY (id),
  FULLTEXT (name)
) ENGINE = InnoDB;
CREATE TABLE t2 (
    id int(10) NOT NULL auto_increment,
    name mediumtext default NULL,
    PRIMARY KEY (id),
    FULLTEXT (name)
) ENGINE = InnoDB;
DROP TABLE t1,t2;
CREATE TABLE t1 (a INT) ENGINE = InnoDB;
CREATE TABLE t2 (b INT, c TEXT, KEY(b), FULLTEXT(c)) ENGINE = InnoDB;
DROP TABLE t1, t2;
-- file suite/mariabackup/xbstream.test
CREATE TABLE t(i INT) ENGINE INNODB;
DROP TABLE t;
DROP TABLE mysql.mariadb_backup_history;
-- file plugin/mroonga/mroonga/storage/t/column_unsigned_mediumint_with_index.test
DROP TABLE IF EXISTS items;
CREATE TABLE items (
  name VARCHAR(255),
  price MEDIUMINT UNSIGNED KEY
) DEFAULT CHARSET=utf8;
DROP TABLE items;
-- file plugin/mroonga/mroonga/storage/t/column_decimal_without_index.test
DROP TABLE IF EXISTS diaries;
CREATE TABLE diaries (
  id INT PRIMARY KEY AUTO_INCREMENT,
  title TEXT,
  temperature DECIMAL
) DEFAULT CHARSET UTF8;
DROP TABLE diaries;
-- file plugin/mroonga/mroonga/storage/t/check_table_innodb.test
CREATE TABLE t (c INT KEY,c2 GEOMETRY NOT NULL,SPATIAL INDEX idx_sp (c2)) ENGINE=InnoDB;
ALTER TABLE t ENGINE=Mroonga;
DROP TABLE t;
-- file main/subselect_gis.test
drop table if exists t1;
create table t1(City VARCHAR(30),Location geometry);
drop table t1;
-- file main/fulltext_charsets.test
set names utf8mb4;
create table t1 (a int, b text, fulltext (b)) charset=utf8mb4 collate=utf8mb4_unicode_ci;
drop table t1;
-- file plugin/mroonga/mroonga/storage/t/index_hash_id_unique.test
drop table if exists t1, t2, t3;
create table t1 (_id int, a int, unique key (_id) using hash);
drop table t1;
-- file plugin/mroonga/mroonga/storage/t/insert_on_duplicate_key_update_unique_key.test
DROP TABLE IF EXISTS diaries;
CREATE TABLE diaries (
  id INT PRIMARY KEY AUTO_INCREMENT,
  day DATE,
  title TEXT,
  UNIQUE KEY day (day)
) DEFAULT CHARSET=UTF8;
DROP TABLE diaries;
-- file suite/handler/heap.test
CREATE TABLE t1(a INT, b INT, KEY(a), KEY b using btree (b), KEY ab using btree(a, b)) engine=memory;
DROP TABLE t1;
create table t1 (f1 integer not null, key (f1)) engine=Memory;
DROP TABLE t1;
CREATE TABLE t1 (a INT NOT NULL, b INT NOT NULL, CONSTRAINT PRIMARY KEY (a, b), UNIQUE ba(b, a) USING HASH) ENGINE=HEAP;
DROP TABLE t1;
CREATE TABLE t1 (
    k INT,
    pad VARCHAR(200),
    INDEX idx USING BTREE (k)
) ENGINE=MEMORY;
DROP TABLE t1;
-- file main/backup_log.test
CREATE TABLE t_exists (a INT);
CREATE TABLE t_exists_template (a INT);
create database mysqltest;
create table mysqltest.t90 (a int primary key, b int) engine=myisam;
create table mysqltest.t91 (a int primary key, b int) engine=innodb;
alter database mysqltest character set utf8;
drop database mysqltest;
CREATE TABLE IF NOT EXISTS t_exists LIKE t_exists_template;
DROP TABLE t_exists;
DROP TABLE t_exists_template;
-- file suite/compat/oracle/t/type_number.test
SET sql_mode=ORACLE;
CREATE TABLE t1 (a NUMBER);
DROP TABLE t1;
CREATE TABLE t1 (a NUMBER(10,2));
DROP TABLE t1;
-- file plugin/connect/connect/t/misc.test
drop table t;
drop table t;
drop table beers;
drop table beers;
drop table jsampall;
-- file suite/innodb/t/innodb_ctype_ldml.test
drop table if exists t1;
set names utf8;
CREATE TABLE t1 (
 name VARCHAR(64),
 phone VARCHAR(64) CHARACTER SET utf8 COLLATE utf8_phone_ci
);
DROP TABLE t1;
create table t1 (c1 char(1) character set utf8 collate utf8_test_ci);
drop table t1;
create table t1 (c1 char(1) character set ucs2 collate ucs2_test_ci);
drop table t1;
create table t1 (c1 char(1) character set utf8mb4 collate utf8mb4_test_ci);
drop table t1;
create table t1 (c1 char(1) character set utf16 collate utf16_test_ci);
drop table t1;
create table t1 (c1 char(1) character set utf32 collate utf32_test_ci);
drop table t1;
CREATE TABLE t1 (a VARCHAR(10)) CHARACTER SET utf8 COLLATE utf8_test_ci;
DROP TABLE t1;
CREATE TABLE t1 (a VARCHAR(10) CHARACTER SET utf8 COLLATE utf8_test_ci);
DROP TABLE t1;
CREATE TABLE t1 (c1 VARCHAR(10) CHARACTER SET utf8 COLLATE utf8_test_ci);
DROP TABLE t1;
create table t1 (c1 char(1) character set ucs2 collate ucs2_vn_ci);
drop table t1;
set names latin1;
create table t1 (c1 char(1) character set ucs2 collate ucs2_vn_ci);
drop table t1;
CREATE TABLE t1 (s1 char(10) character set utf8 collate utf8_maxuserid_ci);
DROP TABLE t1;
SET NAMES utf8 COLLATE utf8_phone_ci;
SET NAMES utf8;
SET NAMES utf8 COLLATE utf8_5624_1;
CREATE TABLE t1 AS SELECT REPEAT(' ', 16) AS a LIMIT 0;
SET NAMES utf8 COLLATE utf8_5624_4;
CREATE TABLE t1 AS SELECT REPEAT(' ', 10) AS a LIMIT 0;
DROP TABLE t1;
SET NAMES utf8, collation_connection=utf8_bengali_standard_ci;
CREATE TABLE t1 AS SELECT REPEAT (' ', 10) AS a LIMIT 0;
DROP TABLE t1;
SET NAMES utf8, collation_connection=utf8_bengali_traditional_ci;
CREATE TABLE t1 AS SELECT REPEAT (' ', 10) AS a LIMIT 0;
DROP TABLE t1;
SET NAMES utf8 COLLATE utf8_5624_5;
CREATE TABLE t1 AS SELECT REPEAT(' ', 10) AS a LIMIT 0;
DROP TABLE t1;
-- file suite/innodb_gis/t/point_big.test
CREATE TABLE t1(fid INTEGER NOT NULL PRIMARY KEY AUTO_INCREMENT, p POINT, KEY(p)) ENGINE=InnoDB;
TRUNCATE t1;
DROP TABLE t1;
CREATE TABLE gis_point (p1 POINT NOT NULL, p2 POINT NOT NULL, SPATIAL KEY k1 (p1), SPATIAL KEY k2 (p2)) ENGINE=InnoDB;
CREATE TABLE p(p1 POINT NOT NULL, p2 POINT NOT NULL, SPATIAL INDEX k1(p2)) ENGINE=InnoDB;
DROP TABLE p;
DROP TABLE gis_point;
-- file plugin/mroonga/mroonga/wrapper/t/column_multibyte_utf8.test
DROP TABLE IF EXISTS users;
DROP DATABASE test;
CREATE DATABASE test;
USE test;
SET NAMES utf8;
CREATE TABLE users (
  id int unsigned PRIMARY KEY AUTO_INCREMENT,
  名前 text,
  FULLTEXT INDEX (名前)
) DEFAULT CHARSET=utf8 COMMENT='Engine "InnoDB"';
DROP TABLE users;
-- file main/index_merge_innodb.test
CREATE TABLE t0(a int, b int) ENGINE=MyISAM;
CREATE TABLE t1 (
  pk int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  a int,
  b int,
  INDEX idx(a))
ENGINE=INNODB;
DROP TABLE t0;
DROP TABLE t1;
CREATE TABLE t1 (
  i int(11) DEFAULT NULL,
  v1 varchar(1) DEFAULT NULL,
  v2 varchar(20) DEFAULT NULL,
  KEY i (i),
  KEY v (v1,i)
) ENGINE=innodb;
DROP TABLE t1;
create table t1 (
  pk int auto_increment, 
  zone_id int,
  modified tinyint,
  primary key(pk),
  key (zone_id),
  key (modified)
) engine=innodb;
drop table t1;
CREATE TABLE t1 (
  a INT, b CHAR(1), c CHAR(1), KEY(a), KEY(b)
) ENGINE=InnoDB;
DROP TABLE t1;
create table t1 (
pk int(11) NOT NULL AUTO_INCREMENT,
col1 int(11) NOT NULL,
col2 int(11) NOT NULL,
col3 int(11) NOT NULL,
key2 int(11) NOT NULL,
col4 int(11) NOT NULL,
key1 int(11) NOT NULL,
PRIMARY KEY (pk),
KEY key1 (key1),
KEY key2 (key2)
) ENGINE=InnoDB AUTO_INCREMENT=12860259 DEFAULT CHARSET=utf8 ROW_FORMAT=COMPACT;
drop table t1;
CREATE TABLE t1 (
  a VARCHAR(1024) CHARACTER SET UTF8 PRIMARY KEY,
  b INT,
  c INT,
  INDEX (b)
) ENGINE=InnoDB CHARSET utf8 ROW_FORMAT= DYNAMIC;
DROP TABLE t1;
-- file suite/perfschema/t/show_aggregate.test
USE test;
CREATE TABLE test.status_results 
  (variable_name VARCHAR(64), start INT DEFAULT 0, stop INT DEFAULT 0, delta INT DEFAULT 0, 
   t1 INT DEFAULT 0, t2 INT DEFAULT 0, t3 INT DEFAULT 0, thread INT DEFAULT 0, 
   u1 INT DEFAULT 0, u2 INT DEFAULT 0, u3 INT DEFAULT 0, user INT DEFAULT 0, 
   h1 INT DEFAULT 0, h2 INT DEFAULT 0, h3 INT DEFAULT 0, host INT DEFAULT 0, 
   a1 INT DEFAULT 0, a2 INT DEFAULT 0, a3 INT DEFAULT 0, acct INT DEFAULT 0);
CREATE TABLE t1 (s1 int) ENGINE=InnoDB;
CREATE TABLE t2 (s1 int) ENGINE=InnoDB;
CREATE TABLE t3 (s1 int) ENGINE=InnoDB;
set sql_mode= (select replace(@@sql_mode,'NO_AUTO_CREATE_USER',''));
set sql_mode= @orig_sql_mode;
USE performance_schema;
USE performance_schema;
USE test;
USE performance_schema;
DROP TABLE test.t1;
DROP TABLE test.t2;
DROP TABLE test.t3;
DROP TABLE test.status_results;
-- file plugin/mroonga/mroonga/storage/t/function_snippet_html_dynamic_keyword.test
CREATE TABLE keywords (
  keyword text
);
DROP TABLE keywords;
-- file suite/perfschema/t/pfs_upgrade_table.test
create table test.user_table(a int);
use performance_schema;
use test;
drop table test.user_table;
-- file suite/innodb/t/alter_inplace_perfschema.test
CREATE TABLE t1 (a serial, b varchar(255)) ENGINE=InnoDB;
DROP TABLE t1;
-- file main/grant4.test
drop database if exists mysqltest_db1;
create database mysqltest_db1;
use mysqltest_db1;
create table t_column_priv_only (a int, b int);
create table t_select_priv like t_column_priv_only;
create table t_no_priv like t_column_priv_only;
create table test.t_no_priv like mysqltest_db1.column_priv_only;
drop table if exists test.t_duplicated;
create table test.t_duplicated like mysqltest_db1.t_select_priv;
drop table test.t_duplicated;
use mysqltest_db1;
CREATE TABLE t5 (s1 INT);
CREATE INDEX i ON t5 (s1);
CREATE TABLE t6 (s1 INT, s2 INT);
CREATE VIEW v5 AS SELECT * FROM t5;
CREATE VIEW v6 AS SELECT * FROM t6;
CREATE VIEW v2 AS SELECT * FROM t_select_priv;
CREATE VIEW v3 AS SELECT * FROM t_select_priv;
CREATE INDEX i ON t6 (s1);
use mysqltest_db1;
drop database mysqltest_db1;
rename table mysql.user to mysql.user1;
create view mysql.user as select * from mysql.user1;
drop view mysql.user;
rename table mysql.user1 to mysql.user;
rename table mysql.user to mysql.user1;
create table mysql.user (Host char(100), User char(100));
drop table mysql.user;
rename table mysql.user1 to mysql.user;
drop database if exists mysqltest_db1;
create database mysqltest_db1;
create table mysqltest_db1.t1 (a int, key(a)) engine=myisam;
create table mysqltest_db1.t2 (b int);
drop database mysqltest_db1;
-- file plugin/mroonga/mroonga/storage/t/optimization_order_limit_optimized_time_equal.test
DROP TABLE IF EXISTS memos;
SET NAMES UTF8;
CREATE TABLE memos (
  id INT UNSIGNED NOT NULL,
  writing_time TIME,
  content TEXT,
  FULLTEXT INDEX(content),
  KEY(writing_time)
) DEFAULT CHARSET UTF8;
DROP TABLE memos;
-- file suite/innodb/t/innodb_ctype_utf8.test
SET NAMES utf8;
SET NAMES utf8mb3 COLLATE utf8mb3_unicode_nopad_ci;
CREATE OR REPLACE TABLE t1 (c CHAR(100) COLLATE utf8mb3_unicode_nopad_ci);
DROP TABLE t1;
-- file plugin/mroonga/mroonga/storage/t/optimization_order_limit_optimized_datetime_equal.test
DROP TABLE IF EXISTS diaries;
SET NAMES UTF8;
CREATE TABLE diaries (
  id INT UNSIGNED NOT NULL,
  date DATETIME,
  content TEXT,
  FULLTEXT INDEX(content),
  KEY(date)
) DEFAULT CHARSET UTF8;
DROP TABLE diaries;
-- file plugin/mroonga/mroonga/storage/t/alter_table_change_column_rename_no_order.test
DROP TABLE IF EXISTS diaries;
CREATE TABLE diaries (
  id INT PRIMARY KEY AUTO_INCREMENT,
  title VARCHAR(40),
  body VARCHAR(140)
) DEFAULT CHARSET UTF8;
ALTER TABLE diaries CHANGE body description VARCHAR(140);
DROP TABLE diaries;
-- file suite/galera_3nodes/t/galera-features#119.test
CREATE TABLE test.t1 (f1 INTEGER PRIMARY KEY) ENGINE=InnoDB;
DROP TABLE test.t1;
-- file main/win_avg.test
create table t1 (
  pk int primary key,
  a int,
  b int,
  c real
);
drop table t1;
-- file suite/vcol/t/races.test
create table t1 (f text, vf tinytext as (f), key (vf(64))) engine=innodb;
drop table t1;
-- file suite/rpl/t/rpl_typeconv_innodb.test
CREATE TABLE t1(b1 BIT(1), b2 BIT(2), b3 BIT(3)) ENGINE=InnoDB;
DROP TABLE t1;
-- file plugin/rocksdb/rocksdb/t/allow_to_start_after_corruption.test
create table t1 (
  pk int not null primary key,
  col1 varchar(10)
) engine=rocksdb;
drop table t1;
-- file plugin/type_inet/type_inet/type_inet6_mix_uint.test
CREATE TABLE t1 (target INET6 DEFAULT '::0', source INT UNSIGNED DEFAULT 0);
DROP TABLE t1;
CREATE TABLE t1 (target INT UNSIGNED DEFAULT 0, source INET6 DEFAULT '::0');
DROP TABLE t1;
-- file suite/rpl/t/rpl_heartbeat_basic.test
CREATE TABLE t1 (a INT PRIMARY KEY, b VARCHAR(10), c LONGTEXT);
DROP TABLE t1;
-- file plugin/mroonga/mroonga/wrapper/t/column_multibyte_cp932.test
DROP TABLE IF EXISTS users;
DROP DATABASE test;
CREATE DATABASE test;
USE test;
SET NAMES cp932;
CREATE TABLE users (
  id int unsigned PRIMARY KEY AUTO_INCREMENT,
  ���O text,
  FULLTEXT INDEX (���O)
) DEFAULT CHARSET=cp932 COMMENT='Engine "InnoDB"';
DROP TABLE users;
-- file suite/innodb_fts/t/innodb_fts_proximity.test
drop table if exists t1;
CREATE TABLE t1 (
        id INT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY,
        a VARCHAR(200),
        b TEXT
        ) ENGINE= InnoDB;
CREATE FULLTEXT INDEX idx on t1 (a,b);
DROP TABLE t1;
CREATE TABLE t1 (
	id INT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY,
	a VARCHAR(200),
	b TEXT
	) CHARACTER SET = UTF8, ENGINE= InnoDB;
CREATE FULLTEXT INDEX idx on t1 (a,b);
DROP TABLE t1;
set names utf8;
CREATE TABLE t1 (
	id INT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY,
	a TEXT,
	b TEXT,
	c TEXT
	) CHARACTER SET = UTF8, ROW_FORMAT=DYNAMIC, ENGINE= InnoDB;
CREATE FULLTEXT INDEX idx on t1 (a,b,c);
DROP TABLE t1;
CREATE TABLE t1 (
	id INT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY,
	a VARCHAR(200),
	b TEXT
	) CHARACTER SET = UTF8, ENGINE= InnoDB;
CREATE FULLTEXT INDEX idx on t1 (a,b);
DROP TABLE t1;
CREATE TABLE t1 (
	id INT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY,
	a TEXT,
	b TEXT,
	c TEXT
	) CHARACTER SET = UTF8, ROW_FORMAT=DYNAMIC, ENGINE= InnoDB;
CREATE FULLTEXT INDEX idx on t1 (a,b,c);
DROP TABLE t1;
