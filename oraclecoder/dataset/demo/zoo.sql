-- A zoo: species and animals, enclosures and the keepers who look after them, feedings and group visits.
CREATE TABLE species (
  species_id INTEGER PRIMARY KEY,
  common_name TEXT NOT NULL,
  class TEXT NOT NULL,
  diet TEXT NOT NULL,
  continent TEXT,
  life_span INTEGER,
  is_endangered TEXT
);
CREATE TABLE enclosures (
  enclosure_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  zone TEXT NOT NULL,
  area REAL NOT NULL,
  built_year INTEGER,
  has_water TEXT NOT NULL
);
CREATE TABLE animals (
  animal_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  species_id INTEGER NOT NULL,
  enclosure_id INTEGER,
  sex TEXT,
  birth_date DATE,
  weight REAL,
  mother_id INTEGER,
  FOREIGN KEY (species_id) REFERENCES species(species_id),
  FOREIGN KEY (enclosure_id) REFERENCES enclosures(enclosure_id),
  FOREIGN KEY (mother_id) REFERENCES animals(animal_id)
);
CREATE TABLE keepers (
  keeper_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  hired_on DATE NOT NULL,
  salary INTEGER NOT NULL,
  qualification TEXT
);
CREATE TABLE keeper_enclosures (
  keeper_id INTEGER NOT NULL,
  enclosure_id INTEGER NOT NULL,
  shift TEXT NOT NULL,
  PRIMARY KEY (keeper_id, enclosure_id),
  FOREIGN KEY (keeper_id) REFERENCES keepers(keeper_id),
  FOREIGN KEY (enclosure_id) REFERENCES enclosures(enclosure_id)
);
CREATE TABLE feedings (
  feeding_id INTEGER PRIMARY KEY,
  animal_id INTEGER NOT NULL,
  keeper_id INTEGER NOT NULL,
  feeding_date DATE NOT NULL,
  food TEXT NOT NULL,
  amount DECIMAL(6,2),
  FOREIGN KEY (animal_id) REFERENCES animals(animal_id),
  FOREIGN KEY (keeper_id) REFERENCES keepers(keeper_id)
);
CREATE TABLE visits (
  visit_id INTEGER PRIMARY KEY,
  group_name TEXT NOT NULL,
  visit_date DATE NOT NULL,
  people INTEGER NOT NULL,
  total_price DECIMAL(7,2),
  keeper_id INTEGER,
  FOREIGN KEY (keeper_id) REFERENCES keepers(keeper_id)
);

INSERT INTO species VALUES
(1, 'African Lion', 'mammal', 'carnivore', 'Africa', 15, 'no'),
(2, 'Red Panda', 'mammal', 'herbivore', 'Asia', 12, 'yes'),
(3, 'Humboldt Penguin', 'bird', 'carnivore', 'South America', 18, 'no'),
(4, 'Giant Tortoise', 'reptile', 'herbivore', 'South America', 120, 'yes'),
(5, 'Reticulated Giraffe', 'mammal', 'herbivore', 'Africa', 25, 'yes'),
(6, 'Snowy Owl', 'bird', 'carnivore', 'North America', 10, 'no'),
(7, 'Brown Bear', 'mammal', 'omnivore', 'Europe', 28, 'no'),
(8, 'Green Iguana', 'reptile', 'herbivore', 'South America', 14, 'no'),
(9, 'Meerkat', 'mammal', 'omnivore', 'Africa', 11, 'no'),
(10, 'Blue Poison Frog', 'amphibian', 'carnivore', 'South America', NULL, NULL),
(11, 'Sumatran Tiger', 'mammal', 'carnivore', 'Asia', 18, 'yes'),
(12, 'Harbour Seal', 'mammal', 'carnivore', NULL, 26, 'no'),
(13, 'Axolotl', 'amphibian', 'carnivore', 'North America', 13, 'yes'),
(14, 'Emu', 'bird', 'omnivore', 'Australia', 19, 'no');

INSERT INTO enclosures VALUES
(1, 'Lion Rocks', 'Savanna', 2400.0, 1998, 'no'),
(2, 'Bamboo Grove', 'Asia House', 650.5, 2012, 'no'),
(3, 'Penguin Cove', 'Waterside', 880.0, 2009, 'yes'),
(4, 'Tortoise Barn', 'Tropics', 410.0, 1987, 'no'),
(5, 'Giraffe Plain', 'Savanna', 5200.0, 2004, 'no'),
(6, 'Owl Aviary', 'Forest', 300.0, 1975, 'no'),
(7, 'Bear Wood', 'Forest', 3900.0, 2016, 'yes'),
(8, 'Vivarium', 'Tropics', 125.5, 2019, 'yes'),
(9, 'Meerkat Hill', 'Savanna', 260.0, 2004, 'no'),
(10, 'Tiger Valley', 'Asia House', 3100.0, 2020, 'yes'),
(11, 'Seal Pool', 'Waterside', 1150.0, NULL, 'yes'),
(12, 'Old Monkey House', 'Forest', 540.0, 1931, 'no');

INSERT INTO animals VALUES
(1, 'Kesi', 1, 1, 'F', '2013-05-14', 128.0, NULL),
(2, 'Baraka', 1, 1, 'M', '2012-08-02', 187.5, NULL),
(3, 'Zuri', 1, 1, 'F', '2019-06-21', 112.0, 1),
(4, 'Momo', 2, 2, 'F', '2017-07-09', 5.1, NULL),
(5, 'Tashi', 2, 2, 'M', '2020-06-30', 5.6, 4),
(6, 'Pablo', 3, 3, 'M', '2015-04-11', 4.4, NULL),
(7, 'Inka', 3, 3, 'F', '2014-04-25', 4.0, NULL),
(8, 'Pepita', 3, 3, 'F', '2021-05-03', 3.7, 7),
(9, 'Waldo', 3, 3, 'M', '2022-04-18', 3.9, 7),
(10, 'Archibald', 4, 4, 'M', NULL, 215.0, NULL),
(11, 'Dolores', 4, 4, 'F', '1964-01-01', 142.0, NULL),
(12, 'Stelze', 5, 5, 'F', '2011-10-12', 790.0, NULL),
(13, 'Omari', 5, 5, 'M', '2018-03-27', 930.0, 12),
(14, 'Nyota', 5, 5, 'F', '2022-11-08', 410.0, 12),
(15, 'Edda', 6, 6, 'F', '2019-05-19', 2.2, NULL),
(16, 'Bruno', 7, 7, 'M', '2006-01-15', 310.0, NULL),
(17, 'Marta', 7, 7, 'F', '2009-02-01', 205.5, NULL),
(18, 'Fernando', 8, 8, 'M', '2018-09-09', 4.4, NULL),
(19, 'Timon', 9, 9, 'M', '2020-03-16', 0.8, NULL),
(20, 'Kiki', 9, 9, 'F', '2019-03-05', 0.7, NULL),
(21, 'Sparky', 9, 9, NULL, '2023-04-22', NULL, 20),
(22, 'Rimba', 11, 10, 'M', '2016-12-04', 122.0, NULL),
(23, 'Dewi', 11, 10, 'F', '2017-08-17', 91.0, NULL),
(24, 'Flip', 12, 11, 'M', '2010-07-07', 96.5, NULL),
(25, 'Lapis', 10, 8, NULL, NULL, NULL, NULL),
(26, 'Bruno', 13, NULL, 'M', '2022-02-10', 0.2, NULL);

INSERT INTO keepers VALUES
(1, 'Edith Moreau', '2005-04-01', 41200, 'zoology degree'),
(2, 'Samir Haddad', '2012-06-15', 36800, 'animal care diploma'),
(3, 'Lukas Weiss', '2016-03-01', 34100, 'animal care diploma'),
(4, 'Gwen Tully', '2018-09-10', 32750, NULL),
(5, 'Obinna Eze', '2019-05-20', 32750, 'veterinary nurse'),
(6, 'Marisol Vega', '2021-02-01', 30400, 'animal care diploma'),
(7, 'Finn Jessen', '2022-07-18', 28900, NULL),
(8, 'Petronella Quist', '2010-10-04', 38500, 'zoology degree'),
(9, 'Aiko Ueda', '2023-08-01', 27600, 'veterinary nurse');

INSERT INTO keeper_enclosures VALUES
(1, 1, 'morning'), (1, 10, 'morning'), (1, 5, 'afternoon'),
(2, 5, 'morning'), (2, 9, 'morning'),
(3, 3, 'morning'), (3, 11, 'morning'),
(4, 3, 'afternoon'), (4, 2, 'morning'), (4, 6, 'afternoon'),
(5, 7, 'morning'), (5, 1, 'afternoon'), (5, 10, 'afternoon'),
(6, 4, 'morning'), (6, 8, 'morning'),
(7, 9, 'afternoon'), (7, 2, 'afternoon'),
(8, 8, 'afternoon'), (8, 4, 'afternoon'), (8, 7, 'night');

INSERT INTO feedings VALUES
(1, 1, 1, '2023-06-01', 'beef', 6.50),
(2, 2, 1, '2023-06-01', 'beef', 8.00),
(3, 3, 5, '2023-06-01', 'beef', 6.00),
(4, 4, 4, '2023-06-01', 'bamboo', 1.80),
(5, 5, 7, '2023-06-01', 'bamboo', 1.90),
(6, 6, 3, '2023-06-02', 'herring', 0.60),
(7, 7, 3, '2023-06-02', 'herring', 0.55),
(8, 8, 4, '2023-06-02', 'herring', 0.50),
(9, 9, 4, '2023-06-02', 'sprats', 0.45),
(10, 10, 6, '2023-06-02', 'hay', 3.00),
(11, 11, 6, '2023-06-03', 'hay', 2.40),
(12, 12, 2, '2023-06-03', 'acacia leaves', 22.00),
(13, 13, 2, '2023-06-03', 'acacia leaves', 25.50),
(14, 14, 1, '2023-06-03', 'hay', 9.00),
(15, 16, 5, '2023-06-03', 'apples', 7.50),
(16, 17, 8, '2023-06-04', 'apples', 6.00),
(17, 16, 8, '2023-06-04', 'trout', 4.20),
(18, 18, 6, '2023-06-04', 'lettuce', 0.30),
(19, 19, 2, '2023-06-04', 'mealworms', 0.05),
(20, 20, 7, '2023-06-04', 'mealworms', 0.05),
(21, 22, 1, '2023-06-05', 'beef', 7.00),
(22, 23, 5, '2023-06-05', 'chicken', 4.80),
(23, 24, 3, '2023-06-05', 'herring', 4.00),
(24, 24, 5, '2023-06-06', 'herring', 3.80),
(25, 25, 8, '2023-06-06', 'fruit flies', NULL),
(26, 1, 5, '2023-06-06', 'chicken', 5.50),
(27, 4, 7, '2023-06-06', 'apples', 0.40),
(28, 11, 8, '2023-06-06', 'lettuce', 2.00);

INSERT INTO visits VALUES
(1, 'Linden Primary School', '2023-05-09', 28, 182.00, 2),
(2, 'Sunrise Seniors Club', '2023-05-16', 14, 126.00, 4),
(3, 'Photo Circle West', '2023-05-27', 9, 135.00, NULL),
(4, 'Harbour Kindergarten', '2023-06-06', 22, 110.00, 3),
(5, 'Linden Primary School', '2023-06-13', 31, 201.50, 2),
(6, 'Birthday of Emil', '2023-06-17', 8, 96.00, 7),
(7, 'Biology Students', '2023-06-20', 18, 162.00, 8),
(8, 'Oakfield Scouts', '2023-07-01', 25, 200.00, 4),
(9, 'Visiting Zoo Directors', '2023-07-05', 6, NULL, 1),
(10, 'Sunrise Seniors Club', '2023-09-12', 16, 144.00, NULL),
(11, 'Harbour Kindergarten', '2023-09-19', 20, 100.00, 3),
(12, 'Biology Students', '2023-10-10', 21, 189.00, 8),
(13, 'Birthday of Lina', '2023-10-14', 10, 120.00, 7),
(14, 'Oakfield Scouts', '2023-10-21', 19, 152.00, 4);
