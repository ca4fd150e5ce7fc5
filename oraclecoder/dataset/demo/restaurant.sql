-- A restaurant: menus and their dishes, ingredients, dining tables with reservations, waiters and bills.
CREATE TABLE menu (
  menu_id INTEGER PRIMARY KEY,
  menu_nm TEXT NOT NULL,
  season TEXT,
  fixed_prc DECIMAL(6,2),
  intro_dt DATE NOT NULL
);
CREATE TABLE dish (
  dish_id INTEGER PRIMARY KEY,
  dish_nm TEXT NOT NULL,
  cat TEXT NOT NULL,
  prc DECIMAL(6,2) NOT NULL,
  kcal INTEGER,
  is_veg INTEGER NOT NULL,
  menu_id INTEGER NOT NULL,
  FOREIGN KEY (menu_id) REFERENCES menu(menu_id)
);
CREATE TABLE ingr (
  ingr_id INTEGER PRIMARY KEY,
  ingr_nm TEXT NOT NULL,
  supp_nm TEXT,
  cost_kg DECIMAL(6,2) NOT NULL,
  stock_kg REAL NOT NULL,
  allergen TEXT
);
CREATE TABLE dish_ingr (
  dish_id INTEGER NOT NULL,
  ingr_id INTEGER NOT NULL,
  qty_g INTEGER NOT NULL,
  PRIMARY KEY (dish_id, ingr_id),
  FOREIGN KEY (dish_id) REFERENCES dish(dish_id),
  FOREIGN KEY (ingr_id) REFERENCES ingr(ingr_id)
);
CREATE TABLE dining_tbl (
  tbl_id INTEGER PRIMARY KEY,
  n_seats INTEGER NOT NULL,
  loc TEXT
);
CREATE TABLE resv (
  resv_id INTEGER PRIMARY KEY,
  tbl_id INTEGER NOT NULL,
  cust_nm TEXT NOT NULL,
  resv_dt DATE NOT NULL,
  n_pers INTEGER NOT NULL,
  occasion TEXT,
  FOREIGN KEY (tbl_id) REFERENCES dining_tbl(tbl_id)
);
CREATE TABLE waiter (
  waiter_id INTEGER PRIMARY KEY,
  fst_nm TEXT NOT NULL,
  lst_nm TEXT NOT NULL,
  hire_dt DATE NOT NULL,
  hrly_wage DECIMAL(5,2) NOT NULL,
  tel_no TEXT,
  mentor_id INTEGER,
  FOREIGN KEY (mentor_id) REFERENCES waiter(waiter_id)
);
CREATE TABLE bill (
  bill_id INTEGER PRIMARY KEY,
  tbl_id INTEGER NOT NULL,
  waiter_id INTEGER NOT NULL,
  bill_dt DATE NOT NULL,
  tot_amt DECIMAL(7,2) NOT NULL,
  tip_amt DECIMAL(6,2),
  pay_mthd TEXT NOT NULL,
  FOREIGN KEY (tbl_id) REFERENCES dining_tbl(tbl_id),
  FOREIGN KEY (waiter_id) REFERENCES waiter(waiter_id)
);

INSERT INTO menu VALUES
(1, 'Weekday Lunch', NULL, 16.50, '2021-03-01'),
(2, 'Evening Card', NULL, NULL, '2020-09-15'),
(3, 'Little Guests', NULL, 9.00, '2021-06-01'),
(4, 'Spring Table', 'spring', 38.00, '2023-03-20'),
(5, 'Autumn Table', 'autumn', 42.00, '2022-10-01'),
(6, 'Harbour Sunday', NULL, 27.50, '2022-05-08'),
(7, 'Drinks', NULL, NULL, '2020-09-15'),
(8, 'Winter Feast', 'winter', 55.00, '2023-11-25');

INSERT INTO dish VALUES
(1, 'Leek Soup', 'starter', 6.50, 210, 1, 1),
(2, 'Smoked Mackerel Toast', 'starter', 8.90, 340, 0, 2),
(3, 'Beetroot Tartare', 'starter', 9.50, 180, 1, 5),
(4, 'Pea Fritters', 'starter', 7.80, 290, 1, 4),
(5, 'Chicken Pie', 'main', 14.50, 780, 0, 1),
(6, 'Mushroom Risotto', 'main', 15.00, 640, 1, 2),
(7, 'Braised Lamb', 'main', 24.00, 890, 0, 2),
(8, 'Grilled Sole', 'main', 26.50, 520, 0, 6),
(9, 'Pumpkin Gnocchi', 'main', 17.20, 610, 1, 5),
(10, 'Venison Stew', 'main', 23.00, 820, 0, 5),
(11, 'Asparagus Tart', 'main', 16.40, 560, 1, 4),
(12, 'Fish Fingers', 'main', 7.50, 430, 0, 3),
(13, 'Tomato Noodles', 'main', 6.90, 480, 1, 3),
(14, 'Potato Gratin', 'side', 5.50, 390, 1, 2),
(15, 'Green Salad', 'side', 4.80, 95, 1, 1),
(16, 'Plum Crumble', 'dessert', 7.20, 450, 1, 5),
(17, 'Rhubarb Fool', 'dessert', 6.80, 330, 1, 4),
(18, 'Chocolate Pot', 'dessert', 7.20, 510, 1, 2),
(19, 'Banana Split', 'dessert', 5.00, 470, 1, 3),
(20, 'Elderflower Fizz', 'drink', 4.20, 110, 1, 7),
(21, 'House Red', 'drink', 5.60, NULL, 1, 7),
(22, 'Ginger Beer', 'drink', 3.90, 150, 1, 7),
(23, 'Roast Beef', 'main', 22.00, 860, 0, 6),
(24, 'Espresso', 'drink', 2.60, NULL, 1, 7),
(25, 'Cheese Plate', 'dessert', 11.00, 600, 1, 2);

INSERT INTO ingr VALUES
(1, 'Leek', 'Greenfield Farm', 2.40, 12.5, NULL),
(2, 'Butter', 'Dale Dairy', 8.60, 9.0, 'milk'),
(3, 'Cream', 'Dale Dairy', 5.20, 7.5, 'milk'),
(4, 'Mackerel', 'Pier Six Fish', 11.00, 4.0, 'fish'),
(5, 'Sole', 'Pier Six Fish', 27.50, 3.2, 'fish'),
(6, 'Flour', 'Stone Mill', 1.10, 40.0, 'gluten'),
(7, 'Beetroot', 'Greenfield Farm', 1.90, 8.0, NULL),
(8, 'Peas', 'Greenfield Farm', 3.30, 6.5, NULL),
(9, 'Chicken', 'Hoof and Horn', 7.40, 10.0, NULL),
(10, 'Lamb', 'Hoof and Horn', 16.80, 5.5, NULL),
(11, 'Venison', 'Hoof and Horn', 21.00, 2.8, NULL),
(12, 'Mushroom', 'Forest Fare', 9.90, 3.0, NULL),
(13, 'Rice', 'Stone Mill', 2.20, 18.0, NULL),
(14, 'Pumpkin', 'Greenfield Farm', 2.10, 14.0, NULL),
(15, 'Potato', 'Greenfield Farm', 0.90, 60.0, NULL),
(16, 'Asparagus', 'Greenfield Farm', 9.50, 2.0, NULL),
(17, 'Egg', 'Dale Dairy', 4.00, 6.0, 'egg'),
(18, 'Chocolate', NULL, 13.50, 3.5, 'milk'),
(19, 'Hazelnut', 'Forest Fare', 14.20, 1.5, 'nuts'),
(20, 'Rhubarb', 'Greenfield Farm', 3.60, 5.0, NULL),
(21, 'Tomato', NULL, 2.80, 9.5, NULL),
(22, 'Beef', 'Hoof and Horn', 18.90, 7.0, NULL);

INSERT INTO dish_ingr VALUES
(1, 1, 200), (1, 3, 50), (1, 15, 100),
(2, 4, 120), (2, 2, 15), (2, 6, 80),
(3, 7, 150), (3, 17, 50),
(4, 8, 140), (4, 6, 60), (4, 17, 40),
(5, 9, 220), (5, 6, 120), (5, 2, 60),
(6, 13, 110), (6, 12, 130), (6, 2, 30),
(7, 10, 320), (7, 15, 150),
(8, 5, 280), (8, 2, 40),
(9, 14, 160), (9, 15, 200), (9, 6, 90),
(10, 11, 300),
(11, 16, 150), (11, 6, 110), (11, 17, 60), (11, 3, 80),
(12, 4, 100), (12, 6, 40),
(13, 21, 120), (13, 6, 100),
(14, 15, 250), (14, 3, 90),
(17, 20, 150), (17, 3, 100),
(18, 18, 80), (18, 3, 70),
(23, 22, 300);

INSERT INTO dining_tbl VALUES
(1, 2, 'hall'), (2, 4, 'hall'), (3, 4, 'hall'), (4, 6, 'hall'), (5, 2, 'terrace'), (6, 4, 'terrace'),
(7, 8, 'gallery'), (8, 4, 'gallery'), (9, 2, 'bar'), (10, 10, 'gallery'), (11, 2, NULL);

INSERT INTO resv VALUES
(1, 4, 'Ms Albright', '2023-02-14', 5, 'birthday'),
(2, 1, 'Mr Fenn', '2023-02-14', 2, 'anniversary'),
(3, 5, 'Ms Duval', '2023-05-06', 2, NULL),
(4, 7, 'Corbel Ltd', '2023-05-11', 8, 'business'),
(5, 2, 'Mr Okafor', '2023-05-20', 3, NULL),
(6, 6, 'Ms Albright', '2023-06-03', 4, NULL),
(7, 10, 'Mr Strand', '2023-06-17', 10, 'wedding'),
(8, 3, 'Ms Petrie', '2023-06-24', 4, 'birthday'),
(9, 5, 'Mr Fenn', '2023-07-01', 2, NULL),
(10, 7, 'Corbel Ltd', '2023-07-13', 6, 'business'),
(11, 6, 'Ms Yilmaz', '2023-07-22', 3, NULL),
(12, 8, 'Mr Lund', '2023-08-05', 4, NULL),
(13, 6, 'Mr Okafor', '2023-08-12', 4, 'birthday'),
(14, 1, 'Ms Duval', '2023-09-09', 2, 'anniversary'),
(15, 10, 'Corbel Ltd', '2023-10-05', 9, 'business'),
(16, 4, 'Ms Rowe', '2023-10-21', 6, NULL),
(17, 2, 'Mr Strand', '2023-11-04', 2, NULL),
(18, 7, 'Ms Albright', '2023-12-09', 7, 'birthday'),
(19, 6, 'Ms Petrie', '2023-12-16', 3, NULL),
(20, 10, 'Lantern Choir', '2023-12-18', 10, 'party');

INSERT INTO waiter VALUES
(1, 'Carla', 'Mendez', '2020-09-10', 17.50, '555-2011', NULL),
(2, 'Joris', 'Blom', '2020-11-02', 15.20, '555-2044', 1),
(3, 'Anya', 'Sharma', '2021-04-19', 14.80, NULL, 1),
(4, 'Pete', 'Hollis', '2021-07-05', 14.20, '555-2078', 1),
(5, 'Sofie', 'Krantz', '2022-02-14', 13.60, '555-2093', 2),
(6, 'Dario', 'Conti', '2022-06-01', 13.60, NULL, 2),
(7, 'Wen', 'Zhao', '2023-03-13', 12.90, '555-2105', 3),
(8, 'Mila', 'Hollis', '2023-10-09', 12.40, '555-2117', 3);

INSERT INTO bill VALUES
(1, 4, 1, '2023-02-14', 148.60, 20.00, 'card'),
(2, 1, 2, '2023-02-14', 72.40, 8.00, 'card'),
(3, 9, 3, '2023-03-04', 31.20, NULL, 'cash'),
(4, 2, 4, '2023-04-15', 96.50, 10.00, 'card'),
(5, 5, 7, '2023-05-06', 58.90, 5.50, 'cash'),
(6, 7, 1, '2023-05-11', 312.00, 40.00, 'invoice'),
(7, 2, 5, '2023-05-20', 84.70, 6.00, 'card'),
(8, 6, 5, '2023-06-03', 119.30, 12.00, 'card'),
(9, 10, 1, '2023-06-17', 540.50, 75.00, 'card'),
(10, 3, 3, '2023-06-24', 103.80, 9.00, 'cash'),
(11, 5, 6, '2023-07-01', 64.10, 7.00, 'card'),
(12, 7, 2, '2023-07-13', 205.00, 20.00, 'invoice'),
(13, 6, 4, '2023-07-22', 88.40, NULL, 'card'),
(14, 8, 6, '2023-08-05', 121.00, 11.00, 'card'),
(15, 6, 5, '2023-08-12', 134.60, 15.00, 'cash'),
(16, 9, 7, '2023-08-19', 27.80, 2.00, 'cash'),
(17, 1, 4, '2023-09-09', 79.90, 8.00, 'card'),
(18, 10, 1, '2023-10-05', 398.20, NULL, 'invoice'),
(19, 4, 2, '2023-10-21', 176.30, 18.00, 'card'),
(20, 2, 7, '2023-11-04', 49.60, 4.00, 'card'),
(21, 7, 1, '2023-12-09', 241.70, 30.00, 'card'),
(22, 6, 3, '2023-12-16', 92.00, 8.00, 'voucher'),
(23, 10, 2, '2023-12-18', 365.40, 35.00, 'card'),
(24, 3, 5, '2023-12-22', 110.20, NULL, 'cash');
