-- A morning in a shop: what examples/data was recorded from.
SET timestamp = 1760000000;
CREATE DATABASE shop;
USE shop;
CREATE TABLE customers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  email VARCHAR(255) NOT NULL,
  status ENUM('active','inactive','vip') NOT NULL DEFAULT 'active',
  password_hash CHAR(60),
  ssn VARCHAR(11),
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE KEY uk_email (email)
) ENGINE=InnoDB;
CREATE TABLE products (
  product_id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sku VARCHAR(64) NOT NULL UNIQUE,
  name VARCHAR(200) NOT NULL,
  price DECIMAL(12,4),
  attributes JSON,
  tags SET('new','sale','heavy') NOT NULL DEFAULT '',
  in_stock TINYINT(1) NOT NULL DEFAULT 1,
  weight DOUBLE,
  picture BLOB
) ENGINE=InnoDB;
CREATE TABLE orders (
  order_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id INT UNSIGNED NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  status ENUM('pending','processing','shipped','delivered','cancelled')
    NOT NULL DEFAULT 'pending',
  created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
    ON UPDATE CURRENT_TIMESTAMP,
  CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) ENGINE=InnoDB;
CREATE TABLE order_items (
  order_id BIGINT UNSIGNED NOT NULL,
  line_no SMALLINT NOT NULL,
  product_id INT NOT NULL,
  quantity INT NOT NULL DEFAULT 1,
  unit_price DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line_no),
  CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders (order_id)
) ENGINE=InnoDB;
CREATE TABLE sessions (token BINARY(8) PRIMARY KEY, customer_id INT UNSIGNED);

-- people and goods
INSERT INTO customers (name, email, password_hash, ssn) VALUES
  ('Ann Ärger', 'ann@example.com', '$2b$12$abcdefghijklmnopqrstuv', '123-45-6789');
INSERT INTO customers (name, email, status) VALUES
  ('Bob "Bobby" O''Neil', 'bob@example.com', 'active'),
  ('Zoë 😀', 'zoe@example.com', 'vip');
INSERT INTO products (sku, name, price, attributes, tags, weight, picture) VALUES
  ('SKU-1', 'Widget', 19.99, '{"color": "red", "sizes": [1, 2, 3]}', 'new,sale', 0.1, X'89504E47'),
  ('SKU-2', 'Gadget', NULL, NULL, '', 1e3, NULL),
  ('SKU-3', 'Ünïcode', 0.0001, '[]', 'heavy', -0.5, X'');

-- an order, in one transaction
SET timestamp = 1760003600;
START TRANSACTION;
INSERT INTO orders (customer_id) VALUES (1);
INSERT INTO order_items VALUES (1, 1, 1, 3, 19.99), (1, 2, 3, 1, 0.01);
UPDATE products SET in_stock = 0 WHERE product_id = 1;
UPDATE orders SET total_amount = 59.98, status = 'processing' WHERE order_id = 1;
COMMIT;
INSERT INTO orders (customer_id, total_amount) VALUES (2, 5.00), (3, 99999999.99);
INSERT INTO sessions VALUES (X'0102030405060700', 1);

-- a change of mind: what is rolled back is not printed
START TRANSACTION;
INSERT INTO order_items VALUES (2, 1, 2, 1, 5.00);
SAVEPOINT more;
INSERT INTO order_items VALUES (2, 2, 2, 7, 5.00);
CREATE TEMPORARY TABLE basket (n INT);
DROP TEMPORARY TABLE basket;
ROLLBACK TO more;
COMMIT;

-- updates, a key that moves, deletes
SET timestamp = 1760007200;
UPDATE customers SET email = 'ann@example.org', status = 'vip' WHERE id = 1;
UPDATE orders SET status = 'shipped' WHERE order_id IN (1, 2);
UPDATE order_items SET line_no = 9 WHERE order_id = 1 AND line_no = 2;
DELETE FROM order_items WHERE order_id = 2;
DELETE FROM orders WHERE order_id = 2;
FLUSH BINARY LOGS;

-- the next log: a column more, and an empty table
SET timestamp = 1760010800;
ALTER TABLE customers ADD COLUMN phone VARCHAR(20) AFTER email;
UPDATE customers SET phone = '+49 30 123' WHERE id = 2;
TRUNCATE TABLE sessions;
