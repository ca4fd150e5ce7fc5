-- A small bookshop: its books with their authors and publishers, its customers and what they ordered.
CREATE TABLE publisher (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT,
  country TEXT,
  founded INTEGER
);
CREATE TABLE author (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT,
  birth_year INTEGER
);
CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  publisher_id INTEGER NOT NULL,
  genre TEXT,
  price DECIMAL(6,2) NOT NULL,
  pages INTEGER,
  published DATE,
  stock INTEGER NOT NULL,
  FOREIGN KEY (publisher_id) REFERENCES publisher(id)
);
CREATE TABLE book_author (
  book_id INTEGER NOT NULL,
  author_id INTEGER NOT NULL,
  PRIMARY KEY (book_id, author_id),
  FOREIGN KEY (book_id) REFERENCES book(id),
  FOREIGN KEY (author_id) REFERENCES author(id)
);
CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  city TEXT,
  joined DATE,
  points INTEGER
);
CREATE TABLE customer_order (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL,
  order_date DATE NOT NULL,
  status TEXT NOT NULL,
  shipping_cost DECIMAL(5,2),
  FOREIGN KEY (customer_id) REFERENCES customer(id)
);
CREATE TABLE order_line (
  order_id INTEGER NOT NULL,
  book_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(6,2) NOT NULL,
  PRIMARY KEY (order_id, book_id),
  FOREIGN KEY (order_id) REFERENCES customer_order(id),
  FOREIGN KEY (book_id) REFERENCES book(id)
);

INSERT INTO publisher VALUES
(1, 'Lantern Press', 'London', 'United Kingdom', 1921),
(2, 'Blue Heron Books', 'Dublin', 'Ireland', 1987),
(3, 'Verlag Nordlicht', 'Hamburg', 'Germany', 1954),
(4, 'Casa Olmo', 'Madrid', 'Spain', 1978),
(5, 'Maple Row', 'Toronto', 'Canada', 2003),
(6, 'Quay Street Editions', 'Bristol', 'United Kingdom', 1996),
(7, 'Saltmarsh House', 'London', 'United Kingdom', 2011),
(8, 'Petit Phare', 'Lyon', 'France', NULL),
(9, 'Tall Cedar', 'Vancouver', 'Canada', 2015);

INSERT INTO author VALUES
(1, 'Ines Valverde', 'Spain', 1961),
(2, 'Tom Hargreave', 'United Kingdom', 1974),
(3, 'Clara Lindqvist', 'Sweden', 1958),
(4, 'Dermot Quill', 'Ireland', 1949),
(5, 'Amara Okoye', 'Nigeria', 1983),
(6, 'Jonas Reuter', 'Germany', 1966),
(7, 'Priya Raman', 'India', 1979),
(8, 'Helen Marsh', 'United Kingdom', 1952),
(9, 'Luc Ferrand', 'France', NULL),
(10, 'Wanda Birch', 'Canada', 1990),
(11, 'Saoirse Dunne', 'Ireland', 1988),
(12, 'Petra Vogel', 'Germany', 1983),
(13, 'Miles Abbot', 'United Kingdom', NULL),
(14, 'Yuki Tanabe', 'Japan', 1971);

INSERT INTO book VALUES
(1, 'The Salt Road', 1, 'Novel', 12.99, 348, '2014-03-10', 18),
(2, 'Winter Orchards', 1, 'Novel', 14.50, 412, '2018-09-21', 7),
(3, 'A Clock for Marianne', 2, 'Novel', 10.99, 256, '2009-05-02', 0),
(4, 'Fog over Kerry', 2, 'Crime', 9.99, 301, '2016-11-14', 25),
(5, 'The Ninth Ferryman', 2, 'Crime', 11.50, 338, '2020-02-06', 12),
(6, 'Sterne im Hafen', 3, 'Poetry', 8.75, 96, '2011-10-01', 4),
(7, 'Bread and Yeast', 3, 'Cookery', 24.00, 208, '2019-04-17', 9),
(8, 'Olive Country', 4, 'Cookery', 27.50, 264, '2017-06-30', 6),
(9, 'The House at Calle Luna', 4, 'Novel', 13.25, 390, '2021-01-19', 15),
(10, 'Mapping the Tide', 6, 'Science', 21.00, 312, '2015-08-25', 3),
(11, 'Small Machines', 6, 'Science', 18.90, 240, '2022-03-08', 11),
(12, 'Foxes of the Old Mill', 5, 'Children', 7.99, 64, '2013-09-12', 30),
(13, 'Grandmother Moon', 5, 'Children', 7.99, 48, '2018-10-05', 22),
(14, 'The Paper Kite', 5, 'Children', 8.50, 72, '2023-05-16', 0),
(15, 'Night Trains', 7, 'Travel', 16.75, 288, '2019-07-11', 8),
(16, 'Across the Steppe', 7, 'Travel', 19.99, 420, '2022-09-27', 5),
(17, 'Murder at Low Water', 7, 'Crime', 10.99, 324, '2021-08-03', 14),
(18, 'Quiet Equations', 6, 'Science', 32.00, 516, '2010-01-29', 2),
(19, 'Letters from the Lighthouse', 8, 'Poetry', 9.50, 112, '2016-02-14', 6),
(20, 'The Corner Market', 8, 'Cookery', 19.99, 180, '2023-10-02', 10),
(21, 'The Glassblower', 1, 'Novel', 15.75, 468, '2023-02-23', 20),
(22, 'Untitled Sketches', 7, NULL, 5.00, NULL, '2020-12-01', 1);

INSERT INTO book_author VALUES
(1, 2), (2, 3), (3, 4), (4, 4), (5, 4), (5, 11), (6, 6), (7, 6), (7, 12), (8, 1),
(9, 1), (10, 8), (11, 7), (12, 10), (13, 5), (13, 10), (14, 5), (15, 2), (16, 2), (16, 3),
(17, 8), (17, 13), (18, 7), (18, 12), (19, 1), (19, 9), (20, 1), (20, 9), (21, 8), (22, 13);

INSERT INTO customer VALUES
(1, 'Rosa Whitfield', 'rosa@postbox.example', 'Bath', '2019-02-11', 340),
(2, 'Ken Adebayo', 'ken.adebayo@mail.example', 'Bristol', '2020-06-23', 120),
(3, 'Maud Ellery', NULL, 'Bath', '2018-11-05', 560),
(4, 'Stefan Kral', 'kral@postbox.example', 'Cardiff', '2021-03-17', 80),
(5, 'Nadia Hussain', 'nadia.h@mail.example', 'Bristol', '2019-09-30', 215),
(6, 'Owen Pritchard', NULL, 'Cardiff', '2022-01-08', 45),
(7, 'Lily Chen', 'lily@chen.example', 'London', '2020-12-12', 390),
(8, 'George Sandham', 'gsandham@mail.example', 'London', '2017-07-21', 610),
(9, 'Beatriz Lima', 'bea@postbox.example', 'Bristol', '2023-04-02', 15),
(10, 'Frank Doyle', NULL, 'Exeter', '2021-10-19', 120),
(11, 'Hana Novak', 'hana.novak@mail.example', 'London', '2022-08-14', 95),
(12, 'Paul Ostrander', 'paul@ostrander.example', 'Exeter', '2023-01-27', NULL),
(13, 'Tessa Gale', 'tessa@postbox.example', 'Bath', '2020-05-04', 275),
(14, 'Ibrahim Saleh', 'isaleh@mail.example', 'London', '2023-09-09', NULL),
(15, 'Joan Merrick', 'joan@merrick.example', 'Bristol', '2018-03-15', 450);

INSERT INTO customer_order VALUES
(101, 1, '2022-01-14', 'delivered', 3.50),
(102, 3, '2022-02-02', 'delivered', 3.50),
(103, 8, '2022-02-20', 'delivered', NULL),
(104, 5, '2022-03-11', 'returned', 4.95),
(105, 7, '2022-04-08', 'delivered', 3.50),
(106, 1, '2022-05-29', 'delivered', NULL),
(107, 15, '2022-06-17', 'delivered', 4.95),
(108, 2, '2022-07-03', 'delivered', 3.50),
(109, 8, '2022-09-12', 'delivered', 6.20),
(110, 13, '2022-10-25', 'returned', 3.50),
(111, 4, '2022-11-30', 'delivered', 4.95),
(112, 3, '2022-12-09', 'delivered', 6.20),
(113, 7, '2023-01-16', 'cancelled', NULL),
(114, 1, '2023-02-05', 'delivered', 3.50),
(115, 10, '2023-03-22', 'delivered', 4.95),
(116, 8, '2023-04-18', 'delivered', 3.50),
(117, 11, '2023-05-06', 'cancelled', 3.50),
(118, 5, '2023-06-27', 'delivered', 4.95),
(119, 9, '2023-08-15', 'delivered', NULL),
(120, 15, '2023-09-02', 'shipped', 4.95),
(121, 2, '2023-10-11', 'shipped', 3.50),
(122, 3, '2023-11-19', 'shipped', 3.50),
(123, 8, '2023-12-01', 'pending', 6.20),
(124, 7, '2023-12-04', 'pending', 3.50);

INSERT INTO order_line VALUES
(101, 1, 1, 12.99), (101, 4, 2, 9.99),
(102, 2, 1, 14.50), (102, 8, 1, 27.50),
(103, 10, 1, 21.00), (103, 18, 1, 32.00),
(104, 5, 1, 11.50),
(105, 12, 3, 7.99), (105, 13, 2, 7.99),
(106, 15, 1, 16.75),
(107, 7, 1, 24.00), (107, 8, 2, 25.00),
(108, 4, 1, 9.99), (108, 17, 1, 10.99),
(109, 9, 1, 13.25), (109, 1, 2, 12.99), (109, 2, 1, 13.00),
(110, 3, 1, 10.99),
(111, 12, 1, 7.99), (111, 19, 1, 9.50),
(112, 16, 1, 19.99), (112, 15, 1, 16.75),
(113, 21, 1, 15.75),
(114, 21, 1, 15.75), (114, 9, 1, 13.25),
(115, 4, 4, 9.50),
(116, 11, 1, 18.90), (116, 10, 2, 21.00),
(117, 13, 1, 7.99),
(118, 17, 1, 10.99), (118, 5, 3, 11.50),
(119, 12, 2, 7.99),
(120, 20, 1, 19.99), (120, 7, 1, 24.00),
(121, 17, 2, 10.99),
(122, 21, 1, 15.75), (122, 1, 1, 12.99),
(123, 16, 1, 19.99), (123, 11, 1, 18.90),
(124, 13, 5, 7.50);
