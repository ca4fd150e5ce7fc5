-- Each case: what is tricky, the query, and the answer of schema linking after "=>".
-- The schema is in test_links.py: stadium, singer, concert, singer_in_concert, `order log`.

-- counting rows needs the table and no column
SELECT count(*) FROM singer;
-- => singer:

-- a constant from every row needs the table as well
SELECT 1 FROM concert;
-- => concert:

-- names in any case come out as the schema spells them
select NAME from SINGER where Singer.AGE > 20;
-- => singer: Age, Name

-- a star names every column
SELECT * FROM singer_in_concert;
-- => singer_in_concert: concert_id, Singer_id

-- the star of one table of two
SELECT T2.* FROM concert AS T1 JOIN singer_in_concert AS T2 ON T1.Concert_id = T2.concert_id;
-- => concert: Concert_id
-- => singer_in_concert: concert_id, Singer_id

-- aliases, with and without AS, through two joins
SELECT s.Name FROM singer s JOIN singer_in_concert AS sc ON s.Singer_id = sc.Singer_id JOIN concert c ON sc.concert_id = c.Concert_id WHERE c.Year = 2014;
-- => concert: Concert_id, Year
-- => singer: Name, Singer_id
-- => singer_in_concert: concert_id, Singer_id

-- a column without its table belongs to the one table that has it
SELECT Capacity FROM stadium, singer WHERE Country = 'France';
-- => singer: Country
-- => stadium: Capacity

-- the same table twice
SELECT a.Name, b.Name FROM singer AS a JOIN singer AS b ON a.Age = b.Age;
-- => singer: Age, Name

-- double quotes round what is no column make a text value
SELECT Name FROM singer WHERE Country = "France";
-- => singer: Country, Name

-- double quotes round a column name make a column
SELECT Name FROM singer WHERE "Country" = 'France';
-- => singer: Country, Name

-- a text value that looks like a column stays a text value
SELECT Name FROM singer WHERE Country = 'Age';
-- => singer: Country, Name

-- names that need quotes, in each kind of quotes
SELECT "free seats (%)", `order log`.`select`, [order log].[when, exactly] FROM [order log];
-- => `order log`: `free seats (%)`, `select`, `when, exactly`

-- a query inside IN
SELECT Name FROM stadium WHERE Stadium_id NOT IN (SELECT Stadium_id FROM concert);
-- => concert: Stadium_id
-- => stadium: Name, Stadium_id

-- a correlated query: its outer column is not in its own FROM
SELECT Name FROM singer AS o WHERE Age = (SELECT max(Age) FROM singer AS i WHERE i.Country = o.Country);
-- => singer: Age, Country, Name

-- EXISTS with a constant
SELECT Name FROM stadium WHERE EXISTS (SELECT 1 FROM concert WHERE concert.Stadium_id = stadium.Stadium_id);
-- => concert: Stadium_id
-- => stadium: Name, Stadium_id

-- a query inside FROM renames its columns
SELECT max(n) FROM (SELECT count(*) AS n, Country AS land FROM singer GROUP BY land);
-- => singer: Country

-- a common table expression with its own column names
WITH big (sid, size) AS (SELECT Stadium_id, Capacity FROM stadium) SELECT Year FROM concert JOIN big ON sid = Stadium_id ORDER BY size;
-- => concert: Stadium_id, Year
-- => stadium: Capacity, Stadium_id

-- a common table expression that hides a real table of its name
WITH singer AS (SELECT Name AS Age FROM stadium) SELECT Age FROM singer;
-- => stadium: Name

-- recursion
WITH RECURSIVE next (year) AS (SELECT min(Year) FROM concert UNION SELECT year + 1 FROM next WHERE year < 2020) SELECT year FROM next;
-- => concert: Year

-- set operations, ordered by the first side's alias
SELECT Name AS n FROM singer UNION SELECT Name FROM stadium EXCEPT SELECT Theme FROM concert ORDER BY n;
-- => concert: Theme
-- => singer: Name
-- => stadium: Name

-- ordering by an alias that is also a column takes the alias
SELECT Capacity AS Name FROM stadium ORDER BY Name;
-- => stadium: Capacity

-- ordering by position
SELECT Country, count(*) FROM singer GROUP BY 1 ORDER BY 2 DESC LIMIT 1;
-- => singer: Country

-- a window function
SELECT Name, rank() OVER (PARTITION BY Country ORDER BY Age) FROM singer;
-- => singer: Age, Country, Name

-- CASE, IIF and CAST
SELECT CAST(sum(CASE WHEN Country = 'France' THEN 1 ELSE 0 END) AS REAL) / count(IIF(Age > 3, Name, NULL)) FROM singer;
-- => singer: Age, Country, Name

-- USING compares a column of both tables
SELECT Theme FROM concert JOIN stadium USING (Stadium_id);
-- => concert: Stadium_id, Theme
-- => stadium: Stadium_id

-- NATURAL compares what both tables have
SELECT count(*) FROM concert NATURAL JOIN singer_in_concert;
-- => concert: Concert_id
-- => singer_in_concert: concert_id

-- the word natural in a text value is no join
SELECT Name FROM stadium WHERE Location = 'Natural Park, using stone';
-- => stadium: Location, Name

-- rowid is no column of the schema
SELECT rowid FROM stadium;
-- => stadium:

-- comments and a semicolon in a text value
SELECT Name /* all; of them */ FROM stadium WHERE Location = 'a;b' -- here
;
-- => stadium: Location, Name
