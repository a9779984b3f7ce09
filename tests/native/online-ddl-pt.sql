-- pt-online-schema-change: triggers fill the table that is renamed into the
-- list, whose first name is taken.
-- tail: -t test\.orders --online-ddl gh-ost,pt-osc
-- tables: ^test\.(orders|__orders_(new|old))$
CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, v INT, name VARCHAR(20), KEY (v));
INSERT INTO orders (v, name) VALUES (1, 'a'), (2, 'b'), (3, 'c');
CREATE TABLE `test`.`__orders_new` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `v` int(11) DEFAULT NULL,
  `name` varchar(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `v` (`v`)
);
ALTER TABLE `test`.`__orders_new` ADD COLUMN p INT NOT NULL DEFAULT 7, CHANGE name name VARCHAR(40) NOT NULL DEFAULT '';
DELIMITER //
CREATE TRIGGER `pt_osc_test_orders_del` AFTER DELETE ON `test`.`orders` FOR EACH ROW DELETE IGNORE FROM `test`.`__orders_new` WHERE `test`.`__orders_new`.`id` <=> OLD.`id`//
CREATE TRIGGER `pt_osc_test_orders_upd` AFTER UPDATE ON `test`.`orders` FOR EACH ROW BEGIN DELETE IGNORE FROM `test`.`__orders_new` WHERE !(OLD.`id` <=> NEW.`id`) AND `test`.`__orders_new`.`id` <=> OLD.`id`; REPLACE INTO `test`.`__orders_new` (`id`, `v`, `name`) VALUES (NEW.`id`, NEW.`v`, NEW.`name`); END//
CREATE TRIGGER `pt_osc_test_orders_ins` AFTER INSERT ON `test`.`orders` FOR EACH ROW REPLACE INTO `test`.`__orders_new` (`id`, `v`, `name`) VALUES (NEW.`id`, NEW.`v`, NEW.`name`)//
DELIMITER ;
UPDATE orders SET v = 20 WHERE id = 2;
INSERT LOW_PRIORITY IGNORE INTO `test`.`__orders_new` (`id`, `v`, `name`) SELECT `id`, `v`, `name` FROM `test`.`orders` LOCK IN SHARE MODE;
INSERT INTO orders (v, name) VALUES (4, 'd');
UPDATE orders SET id = 30 WHERE id = 3;
DELETE FROM orders WHERE id = 1;
RENAME TABLE `test`.`orders` TO `test`.`__orders_old`, `test`.`__orders_new` TO `test`.`orders`;
INSERT INTO orders (v, name, p) VALUES (5, 'e', 8);
DROP TABLE IF EXISTS `test`.`__orders_old`;
DROP TRIGGER IF EXISTS `test`.`pt_osc_test_orders_del`;
DROP TRIGGER IF EXISTS `test`.`pt_osc_test_orders_upd`;
DROP TRIGGER IF EXISTS `test`.`pt_osc_test_orders_ins`;
UPDATE orders SET name = 'z' WHERE id = 4;
