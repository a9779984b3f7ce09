-- gh-ost: a table that is renamed into the list has been followed before.
-- since: 10.7
-- tail: -t test\.orders --online-ddl gh-ost
-- tables: ^test\.(orders|_orders_(gho|del))$
CREATE TABLE orders(id INT PRIMARY KEY AUTO_INCREMENT, v INT, u UUID);
INSERT INTO orders VALUES(1,1,'123e4567-e89b-12d3-a456-426655440000'),(2,2,NULL),(3,3,NULL);
create /* gh-ost */ table `test`.`_orders_gho` like `test`.`orders`;
alter /* gh-ost */ table `test`.`_orders_gho` ADD COLUMN note VARCHAR(10) NOT NULL DEFAULT 'n', MODIFY v BIGINT UNSIGNED, auto_increment=4;
create /* gh-ost */ table `test`.`_orders_ghc` (id bigint unsigned auto_increment, last_update timestamp not null DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, hint varchar(64) charset ascii not null, value varchar(4096) charset ascii not null, primary key(id), unique key hint_uidx(hint)) auto_increment=256 comment='gh-ost-123';
insert /* gh-ost */ into `test`.`_orders_ghc` (id,hint,value) values (NULLIF(2,0),'heartbeat','2026') on duplicate key update last_update=NOW(), value=VALUES(value);
insert /* gh-ost `test`.`orders` */ ignore into `test`.`_orders_gho` (`id`,`v`,`u`) (select `id`,`v`,`u` from `test`.`orders` force index (`PRIMARY`) where id between 1 and 2 lock in share mode);
UPDATE orders SET v=20 WHERE id=2;
INSERT INTO orders(v) VALUES(4);
replace /* gh-ost `test`.`_orders_gho` */ into `test`.`_orders_gho` (`id`,`v`,`u`) values (2,20,NULL),(4,4,NULL);
insert /* gh-ost */ ignore into `test`.`_orders_gho` (`id`,`v`,`u`) (select `id`,`v`,`u` from `test`.`orders` where id=3);
create /* gh-ost */ table `test`.`_orders_del` (id int auto_increment primary key) engine=InnoDB comment='ghost-cut-over-sentry';
drop /* gh-ost */ table if exists `test`.`_orders_del`;
rename /* gh-ost */ table `test`.`orders` to `test`.`_orders_del`, `test`.`_orders_gho` to `test`.`orders`;
INSERT INTO orders(v,note) VALUES(18446744073709551615,'new');
drop /* gh-ost */ table if exists `test`.`_orders_ghc`;
drop /* gh-ost */ table if exists `test`.`_orders_del`;
UPDATE orders SET note='z' WHERE id=1;
