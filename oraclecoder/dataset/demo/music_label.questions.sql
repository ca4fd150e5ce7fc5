-- How many artists does the label have?
SELECT COUNT(*) FROM artist;

-- List the name and genre of every artist.
SELECT name, genre FROM artist;

-- Which albums were released in 2021? Give their titles.
SELECT title FROM album WHERE release_date BETWEEN '2021-01-01' AND '2021-12-31';

-- Who among our artists has no website?
SELECT name FROM artist WHERE website IS NULL;

-- Show the names of artists that have not set up a website.
SELECT name FROM artist WHERE website IS NULL;

-- What do the producers in Berlin charge per hour? Show name and hourly rate.
SELECT name, hourly_rate FROM producer WHERE city = 'Berlin';

-- How many tracks run longer than 300 seconds?
SELECT COUNT(*) FROM track WHERE duration_sec > 300;

-- What different genres do the artists play?
SELECT DISTINCT genre FROM artist;

-- Give me the average ticket price over all concerts.
SELECT AVG(ticket_price) FROM concert;

-- When were the contracts with a royalty above 15 percent signed, and what advance did they carry?
SELECT signed_on, advance FROM contract WHERE royalty_pct > 15;

-- Count the albums sold on vinyl.
SELECT COUNT(*) FROM album WHERE format = 'vinyl';

-- Find all track titles containing the word Night.
SELECT title FROM track WHERE title LIKE '%Night%';

-- On which dates and in which venues were concerts held in Dublin?
SELECT concert_date, venue FROM concert WHERE city = 'Dublin';

-- What is the largest advance ever agreed in a contract?
SELECT MAX(advance) FROM contract;

-- How many contracts have no expiry date?
SELECT COUNT(*) FROM contract WHERE expires_on IS NULL;

-- Some contracts never expire; how many are there?
SELECT COUNT(*) FROM contract WHERE expires_on IS NULL;

-- In how many different cities have concerts taken place?
SELECT COUNT(DISTINCT city) FROM concert;

-- Which producers charge between 60 and 80 an hour?
SELECT name FROM producer WHERE hourly_rate BETWEEN 60 AND 80;

-- Names and countries of the artists from Finland or Norway, please.
SELECT name, country FROM artist WHERE country = 'Finland' OR country = 'Norway';

-- Tell me the titles of the tracks whose bpm was never noted.
SELECT title FROM track WHERE bpm IS NULL;

-- What are the shortest and longest track durations in seconds?
SELECT MIN(duration_sec), MAX(duration_sec) FROM track;

-- How many units has the label sold in total across all albums?
SELECT SUM(units_sold) FROM album;

-- Which venues drew more than 2500 ticket buyers for a show priced below 40? Give venue and concert date.
SELECT venue, concert_date FROM concert WHERE tickets_sold > 2500 AND ticket_price < 40;

-- How many artists come from each country?
SELECT country, COUNT(*) FROM artist GROUP BY country;

-- For each genre, show the number of artists.
SELECT genre, COUNT(*) FROM artist GROUP BY genre;

-- What is the title of the best-selling album?
SELECT title FROM album ORDER BY units_sold DESC LIMIT 1;

-- Which album sold the most units? Title only.
SELECT title FROM album ORDER BY units_sold DESC LIMIT 1;

-- List each album title together with the name of the artist who made it.
SELECT album.title, artist.name FROM album JOIN artist ON album.artist_id = artist.id;

-- What are the titles of the albums by Velvet Harbour?
SELECT album.title FROM album JOIN artist ON album.artist_id = artist.id WHERE artist.name = 'Velvet Harbour';

-- How many albums has each artist released? Show artist name and count.
SELECT artist.name, COUNT(*) FROM artist JOIN album ON artist.id = album.artist_id GROUP BY artist.id;

-- Find the names of artists with at least two albums.
SELECT artist.name FROM artist JOIN album ON artist.id = album.artist_id GROUP BY artist.id HAVING COUNT(*) >= 2;

-- Rank the producers by hourly rate, most expensive first, giving name and city.
SELECT name, city FROM producer ORDER BY hourly_rate DESC;

-- Which three tracks are the longest? Show title and duration.
SELECT title, duration_sec FROM track ORDER BY duration_sec DESC LIMIT 3;

-- Average units sold for each album format?
SELECT format, AVG(units_sold) FROM album GROUP BY format;

-- In which cities were more than three concerts held?
SELECT city FROM concert GROUP BY city HAVING COUNT(*) > 3;

-- What was the total number of tickets sold in each city?
SELECT city, SUM(tickets_sold) FROM concert GROUP BY city;

-- City by city, how many concert tickets were sold altogether?
SELECT city, SUM(tickets_sold) FROM concert GROUP BY city;

-- Which artist signed the contract with the highest advance?
SELECT artist.name FROM artist JOIN contract ON artist.id = contract.artist_id ORDER BY contract.advance DESC LIMIT 1;

-- Show the titles of the tracks on the album Signal Loss in track order.
SELECT track.title FROM track JOIN album ON track.album_id = album.id WHERE album.title = 'Signal Loss' ORDER BY track.track_number;

-- What is the average track length on each album? Give album title and average duration.
SELECT album.title, AVG(track.duration_sec) FROM album JOIN track ON album.id = track.album_id GROUP BY album.id;

-- Which different artists have performed in Paris?
SELECT DISTINCT artist.name FROM artist JOIN concert ON artist.id = concert.artist_id WHERE concert.city = 'Paris';

-- For every role, count the track credits of the producers.
SELECT role, COUNT(*) FROM track_producer GROUP BY role;

-- Which producer has been credited on the most tracks?
SELECT producer.name FROM producer JOIN track_producer ON producer.id = track_producer.producer_id GROUP BY producer.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the producer who worked on more tracks than anybody else.
SELECT producer.name FROM producer JOIN track_producer ON producer.id = track_producer.producer_id GROUP BY producer.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Show the average and the maximum advance of the contracts.
SELECT AVG(advance), MAX(advance) FROM contract;

-- Which countries have more than one artist?
SELECT country FROM artist GROUP BY country HAVING COUNT(*) > 1;

-- When and where did Ayo Bandele play? List date, venue and city.
SELECT concert.concert_date, concert.venue, concert.city FROM concert JOIN artist ON concert.artist_id = artist.id WHERE artist.name = 'Ayo Bandele';

-- What is the earliest release date among the albums of jazz artists?
SELECT MIN(album.release_date) FROM album JOIN artist ON album.artist_id = artist.id WHERE artist.genre = 'jazz';

-- List the royalty percentages from lowest to highest with the number of contracts using each.
SELECT royalty_pct, COUNT(*) FROM contract GROUP BY royalty_pct ORDER BY royalty_pct;

-- Find the name of the artist whose concerts sold the most tickets overall.
SELECT artist.name FROM artist JOIN concert ON artist.id = concert.artist_id GROUP BY artist.id ORDER BY SUM(concert.tickets_sold) DESC LIMIT 1;

-- Which artists from Germany have been on stage in Berlin? Give distinct names.
SELECT DISTINCT artist.name FROM artist JOIN concert ON artist.id = concert.artist_id WHERE artist.country = 'Germany' AND concert.city = 'Berlin';

-- What is the average royalty percentage for each genre?
SELECT artist.genre, AVG(contract.royalty_pct) FROM artist JOIN contract ON artist.id = contract.artist_id GROUP BY artist.genre;

-- Which artists have never released an album?
SELECT name FROM artist WHERE id NOT IN (SELECT artist_id FROM album);

-- Is there an artist without any album? Give the name.
SELECT name FROM artist WHERE id NOT IN (SELECT artist_id FROM album);

-- Which tracks have no producer credit? Titles please.
SELECT title FROM track WHERE id NOT IN (SELECT track_id FROM track_producer);

-- Show the titles of albums that sold more than the average album.
SELECT title FROM album WHERE units_sold > (SELECT AVG(units_sold) FROM album);

-- Which cities have hosted both Velvet Harbour and Copper Static?
SELECT concert.city FROM concert JOIN artist ON concert.artist_id = artist.id WHERE artist.name = 'Velvet Harbour' INTERSECT SELECT concert.city FROM concert JOIN artist ON concert.artist_id = artist.id WHERE artist.name = 'Copper Static';

-- Which countries have an indie rock artist but no folk artist?
SELECT country FROM artist WHERE genre = 'indie rock' EXCEPT SELECT country FROM artist WHERE genre = 'folk';

-- Names of artists whose contracts include one with an advance over 30000?
SELECT name FROM artist WHERE id IN (SELECT artist_id FROM contract WHERE advance > 30000);

-- Which cities are home to a producer or have seen a concert?
SELECT city FROM producer UNION SELECT city FROM concert;

-- What are the titles of tracks longer than 240 seconds on albums that came out on vinyl after 2015-12-31?
SELECT track.title FROM track JOIN album ON track.album_id = album.id WHERE track.duration_sec > 240 AND album.format = 'vinyl' AND album.release_date > '2015-12-31';

-- Which artists never gave a concert in 2022 or later?
SELECT name FROM artist WHERE id NOT IN (SELECT artist_id FROM concert WHERE concert_date >= '2022-01-01');

-- Find the producers charging less than the average hourly rate who have won at least one award.
SELECT name FROM producer WHERE hourly_rate < (SELECT AVG(hourly_rate) FROM producer) AND awards >= 1;

-- Who has produced tracks as both recording and mixing? Give the producer names.
SELECT producer.name FROM producer JOIN track_producer ON producer.id = track_producer.producer_id WHERE track_producer.role = 'recording' INTERSECT SELECT producer.name FROM producer JOIN track_producer ON producer.id = track_producer.producer_id WHERE track_producer.role = 'mixing';

-- Which tracks did Grace Oyelaran work on, and on which albums are they? Show track title and album title.
SELECT track.title, album.title FROM track JOIN album ON track.album_id = album.id JOIN track_producer ON track.id = track_producer.track_id JOIN producer ON track_producer.producer_id = producer.id WHERE producer.name = 'Grace Oyelaran';

-- For each artist with more than two tracks, give the name and the number of tracks.
SELECT artist.name, COUNT(*) FROM artist JOIN album ON artist.id = album.artist_id JOIN track ON album.id = track.album_id GROUP BY artist.id HAVING COUNT(*) > 2;

-- Which producers have been credited on tracks longer than 300 seconds at least twice? List name and how many such tracks.
SELECT producer.name, COUNT(*) FROM producer JOIN track_producer ON producer.id = track_producer.producer_id JOIN track ON track_producer.track_id = track.id WHERE track.duration_sec > 300 GROUP BY producer.id HAVING COUNT(*) >= 2;

-- Which artist has the greatest total playing time over all tracks?
SELECT artist.name FROM artist JOIN album ON artist.id = album.artist_id JOIN track ON album.id = track.album_id GROUP BY artist.id ORDER BY SUM(track.duration_sec) DESC LIMIT 1;

-- Name the artists who have an album released in 2021 but never played in Paris.
SELECT artist.name FROM artist JOIN album ON artist.id = album.artist_id WHERE album.release_date BETWEEN '2021-01-01' AND '2021-12-31' EXCEPT SELECT artist.name FROM artist JOIN concert ON artist.id = concert.artist_id WHERE concert.city = 'Paris';

-- What is the average number of units sold by albums of artists who hold a contract without an expiry date?
SELECT AVG(units_sold) FROM album WHERE artist_id IN (SELECT artist_id FROM contract WHERE expires_on IS NULL);

-- Which genres have an average ticket price above the average ticket price of all concerts?
SELECT artist.genre FROM artist JOIN concert ON artist.id = concert.artist_id GROUP BY artist.genre HAVING AVG(concert.ticket_price) > (SELECT AVG(ticket_price) FROM concert);

-- How many different producers have worked on each album by Velvet Harbour? Show album title and the number.
SELECT album.title, COUNT(DISTINCT track_producer.producer_id) FROM album JOIN artist ON album.artist_id = artist.id JOIN track ON album.id = track.album_id JOIN track_producer ON track.id = track_producer.track_id WHERE artist.name = 'Velvet Harbour' GROUP BY album.id;

-- Among artists that played at least two concerts, who charged the lowest average ticket price?
SELECT artist.name FROM artist JOIN concert ON artist.id = concert.artist_id GROUP BY artist.id HAVING COUNT(*) >= 2 ORDER BY AVG(concert.ticket_price) LIMIT 1;

-- Which different artists have a track mastered by Daria Brandt?
SELECT DISTINCT artist.name FROM artist JOIN album ON artist.id = album.artist_id JOIN track ON album.id = track.album_id JOIN track_producer ON track.id = track_producer.track_id JOIN producer ON track_producer.producer_id = producer.id WHERE producer.name = 'Daria Brandt' AND track_producer.role = 'mastering';
