-- How many films does the festival show from Japan?
SELECT COUNT(*) FROM films WHERE country = 'Japan';

-- Count the films made in Japan.
SELECT COUNT(*) FROM films WHERE country = 'Japan';

-- What are the titles of all documentary films?
SELECT title FROM films WHERE genre = 'documentary';

-- List the different languages spoken in the films.
SELECT DISTINCT language FROM films;

-- Which films run for more than 110 minutes? Show title and minutes.
SELECT title, minutes FROM films WHERE minutes > 110;

-- Give the title and running time in minutes of the films longer than 110 minutes.
SELECT title, minutes FROM films WHERE minutes > 110;

-- Find the names of directors born after 1985.
SELECT name FROM directors WHERE birth_year > 1985;

-- Which directors have no debut year on record?
SELECT name FROM directors WHERE debut_year IS NULL;

-- How many seats are there in all venues together?
SELECT SUM(seats) FROM venues;

-- In what year did the Rex open?
SELECT opened_year FROM venues WHERE name = 'Rex';

-- Show the name and district of every venue owned by the City Council.
SELECT name, district FROM venues WHERE owner = 'City Council';

-- How many screenings take place on 2024-09-15?
SELECT COUNT(*) FROM screenings WHERE screening_date = '2024-09-15';

-- What is the number of screenings dated 2024-09-15?
SELECT COUNT(*) FROM screenings WHERE screening_date = '2024-09-15';

-- What's the average ticket price of a screening?
SELECT AVG(ticket_price) FROM screenings;

-- Who hosts screenings at this festival? List each distinct host, leaving out missing ones.
SELECT DISTINCT host FROM screenings WHERE host IS NOT NULL;

-- Name the awards whose name starts with Best.
SELECT name FROM awards WHERE name LIKE 'Best%';

-- How many jurors have the profession critic?
SELECT COUNT(*) FROM jurors WHERE profession = 'critic';

-- What is the largest prize money of any award?
SELECT MAX(prize_money) FROM awards;

-- List the names of jurors from Germany.
SELECT name FROM jurors WHERE country = 'Germany';

-- How many different professions do the jurors have?
SELECT COUNT(DISTINCT profession) FROM jurors;

-- Show the profession and country of Ruth Mandel.
SELECT profession, country FROM jurors WHERE name = 'Ruth Mandel';

-- Which awards come with prize money between 4000 and 8000?
SELECT name FROM awards WHERE prize_money BETWEEN 4000 AND 8000;

-- Tell me the fewest and the most tickets sold at any screening.
SELECT MIN(tickets_sold), MAX(tickets_sold) FROM screenings;

-- Which award was not given to any film?
SELECT name FROM awards WHERE film_id IS NULL;

-- What genre and language is the film Cold Harvest?
SELECT genre, language FROM films WHERE title = 'Cold Harvest';

-- How many films are there of each genre?
SELECT genre, COUNT(*) FROM films GROUP BY genre;

-- Show every genre and the number of films in it.
SELECT genre, COUNT(*) FROM films GROUP BY genre;

-- What is the title of the longest film?
SELECT title FROM films ORDER BY minutes DESC LIMIT 1;

-- Find the title of the film with the greatest number of minutes.
SELECT title FROM films ORDER BY minutes DESC LIMIT 1;

-- Who is the oldest director? Give the name and year of birth.
SELECT name, birth_year FROM directors ORDER BY birth_year ASC LIMIT 1;

-- List venue names and seats from the largest venue to the smallest.
SELECT name, seats FROM venues ORDER BY seats DESC;

-- Which countries have more than one director in the list?
SELECT country FROM directors GROUP BY country HAVING COUNT(*) > 1;

-- For each genre, what are the average minutes and the biggest budget?
SELECT genre, AVG(minutes), MAX(budget) FROM films GROUP BY genre;

-- How many tickets were sold on each screening date?
SELECT screening_date, SUM(tickets_sold) FROM screenings GROUP BY screening_date;

-- On which date were the most tickets sold?
SELECT screening_date FROM screenings GROUP BY screening_date ORDER BY SUM(tickets_sold) DESC LIMIT 1;

-- What was the festival's best day, the screening date with the highest total of tickets sold?
SELECT screening_date FROM screenings GROUP BY screening_date ORDER BY SUM(tickets_sold) DESC LIMIT 1;

-- Which film did Agnieszka Wrona direct?
SELECT films.title FROM films JOIN film_directors ON films.id = film_directors.film_id JOIN directors ON film_directors.director_id = directors.id WHERE directors.name = 'Agnieszka Wrona';

-- Who directed Third Shift?
SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN films ON film_directors.film_id = films.id WHERE films.title = 'Third Shift';

-- Give the names of the directors of the film Third Shift.
SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN films ON film_directors.film_id = films.id WHERE films.title = 'Third Shift';

-- Show the title, date and start time of every screening in Harbour Hall.
SELECT films.title, screenings.screening_date, screenings.start_time FROM films JOIN screenings ON films.id = screenings.film_id JOIN venues ON screenings.venue_id = venues.id WHERE venues.name = 'Harbour Hall';

-- How many screenings did each film that was screened get? List title and count.
SELECT films.title, COUNT(*) FROM films JOIN screenings ON films.id = screenings.film_id GROUP BY films.id;

-- Which film was screened the most times?
SELECT films.title FROM films JOIN screenings ON films.id = screenings.film_id GROUP BY films.id ORDER BY COUNT(*) DESC LIMIT 1;

-- List the titles of films shown at least twice.
SELECT films.title FROM films JOIN screenings ON films.id = screenings.film_id GROUP BY films.id HAVING COUNT(*) >= 2;

-- For every venue with screenings, give its name and the average number of tickets sold there.
SELECT venues.name, AVG(screenings.tickets_sold) FROM venues JOIN screenings ON venues.id = screenings.venue_id GROUP BY venues.id;

-- At which venue were the most tickets sold overall?
SELECT venues.name FROM venues JOIN screenings ON venues.id = screenings.venue_id GROUP BY venues.id ORDER BY SUM(screenings.tickets_sold) DESC LIMIT 1;

-- How many screenings were held in the Docklands district?
SELECT COUNT(*) FROM screenings JOIN venues ON screenings.venue_id = venues.id WHERE venues.district = 'Docklands';

-- Show the number of venues and the total number of seats in each district.
SELECT district, COUNT(*), SUM(seats) FROM venues GROUP BY district;

-- Which awards went to Paper Lanterns? Give award name and prize money.
SELECT awards.name, awards.prize_money FROM awards JOIN films ON awards.film_id = films.id WHERE films.title = 'Paper Lanterns';

-- What awards, and with what prize money, did the film Paper Lanterns win?
SELECT awards.name, awards.prize_money FROM awards JOIN films ON awards.film_id = films.id WHERE films.title = 'Paper Lanterns';

-- Who sits on the Main Jury? Show name and role.
SELECT jurors.name, jurors.role FROM jurors JOIN juries ON jurors.jury_id = juries.id WHERE juries.name = 'Main Jury';

-- How many jurors does each jury have? Give the jury name and the number.
SELECT juries.name, COUNT(*) FROM juries JOIN jurors ON juries.id = jurors.jury_id GROUP BY juries.id;

-- Which jury has the most jurors?
SELECT juries.name FROM juries JOIN jurors ON juries.id = jurors.jury_id GROUP BY juries.id ORDER BY COUNT(*) DESC LIMIT 1;

-- For each jury that gives awards, show its name and the total prize money, largest total first, only where the total is at least 5000.
SELECT juries.name, SUM(awards.prize_money) FROM juries JOIN awards ON juries.id = awards.jury_id GROUP BY juries.id HAVING SUM(awards.prize_money) >= 5000 ORDER BY SUM(awards.prize_money) DESC;

-- List the names of the juries and the venues in which they meet.
SELECT juries.name, venues.name FROM juries JOIN venues ON juries.meeting_venue_id = venues.id;

-- Which professions are shared by three or more jurors?
SELECT profession FROM jurors GROUP BY profession HAVING COUNT(*) >= 3;

-- Find the titles of the comedy or thriller films released in 2024.
SELECT title FROM films WHERE (genre = 'comedy' OR genre = 'thriller') AND release_year = 2024;

-- What are the three cheapest films by budget, cheapest first? Ignore films without a budget.
SELECT title FROM films WHERE budget IS NOT NULL ORDER BY budget ASC LIMIT 3;

-- Show the title and tickets sold of the screenings Mira Lowell hosted, most tickets first.
SELECT films.title, screenings.tickets_sold FROM films JOIN screenings ON films.id = screenings.film_id WHERE screenings.host = 'Mira Lowell' ORDER BY screenings.tickets_sold DESC;

-- For each release year, how many different films won an award?
SELECT films.release_year, COUNT(DISTINCT films.id) FROM films JOIN awards ON films.id = awards.film_id GROUP BY films.release_year;

-- Which films won no award?
SELECT title FROM films WHERE id NOT IN (SELECT film_id FROM awards WHERE film_id IS NOT NULL);

-- List the titles that went home without an award.
SELECT title FROM films WHERE id NOT IN (SELECT film_id FROM awards WHERE film_id IS NOT NULL);

-- What film has not been screened at all?
SELECT title FROM films WHERE id NOT IN (SELECT film_id FROM screenings);

-- Which venue has no screenings?
SELECT name FROM venues WHERE id NOT IN (SELECT venue_id FROM screenings);

-- Name the directors without any film in the festival.
SELECT name FROM directors WHERE id NOT IN (SELECT director_id FROM film_directors);

-- Which films are longer than the average film? Give their titles.
SELECT title FROM films WHERE minutes > (SELECT AVG(minutes) FROM films);

-- How many screenings sold fewer tickets than the average screening?
SELECT COUNT(*) FROM screenings WHERE tickets_sold < (SELECT AVG(tickets_sold) FROM screenings);

-- Which countries are represented both by a director and by a juror?
SELECT country FROM directors INTERSECT SELECT country FROM jurors;

-- Show the countries that have a juror but no film.
SELECT country FROM jurors EXCEPT SELECT country FROM films;

-- From which countries do jurors come, though no film was made there?
SELECT country FROM jurors EXCEPT SELECT country FROM films;

-- List the countries of films that last at least 110 minutes together with the countries of directors born before 1965.
SELECT country FROM films WHERE minutes >= 110 UNION SELECT country FROM directors WHERE birth_year < 1965;

-- Which films have a bigger budget than every comedy? Show title and budget.
SELECT title, budget FROM films WHERE budget > (SELECT MAX(budget) FROM films WHERE genre = 'comedy');

-- Find the titles of drama films that were screened in a venue opened before 1960.
SELECT films.title FROM films WHERE films.genre = 'drama' AND films.id IN (SELECT screenings.film_id FROM screenings JOIN venues ON screenings.venue_id = venues.id WHERE venues.opened_year < 1960);

-- How many films were shown with a ticket price above 10 but received no award?
SELECT COUNT(*) FROM films WHERE id IN (SELECT film_id FROM screenings WHERE ticket_price > 10) AND id NOT IN (SELECT film_id FROM awards WHERE film_id IS NOT NULL);

-- Which districts have a venue with more than 300 seats and also a venue with fewer than 200 seats?
SELECT district FROM venues WHERE seats > 300 INTERSECT SELECT district FROM venues WHERE seats < 200;

-- Show the title and genre of films made in the same country as Blue Static, leaving out Blue Static.
SELECT title, genre FROM films WHERE country = (SELECT country FROM films WHERE title = 'Blue Static') AND title != 'Blue Static';

-- Which director has the most films in the festival? Return the name and how many.
SELECT directors.name, COUNT(*) FROM directors JOIN film_directors ON directors.id = film_directors.director_id GROUP BY directors.id ORDER BY COUNT(*) DESC LIMIT 1;

-- List the films with more than one director.
SELECT films.title FROM films JOIN film_directors ON films.id = film_directors.film_id GROUP BY films.id HAVING COUNT(*) > 1;

-- Which director's films have sold the most tickets?
SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN screenings ON film_directors.film_id = screenings.film_id GROUP BY directors.id ORDER BY SUM(screenings.tickets_sold) DESC LIMIT 1;

-- Tell me the name of the director with the highest total of tickets sold for their films.
SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN screenings ON film_directors.film_id = screenings.film_id GROUP BY directors.id ORDER BY SUM(screenings.tickets_sold) DESC LIMIT 1;

-- Which directors have made both a drama and a comedy?
SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN films ON film_directors.film_id = films.id WHERE films.genre = 'drama' INTERSECT SELECT directors.name FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN films ON film_directors.film_id = films.id WHERE films.genre = 'comedy';

-- For each genre, how many tickets were sold in venues with more than 200 seats? Sort from the most tickets to the fewest.
SELECT films.genre, SUM(screenings.tickets_sold) FROM films JOIN screenings ON films.id = screenings.film_id JOIN venues ON screenings.venue_id = venues.id WHERE venues.seats > 200 GROUP BY films.genre ORDER BY SUM(screenings.tickets_sold) DESC;

-- Which directors received more than 10000 of prize money in total for their films? Show the name and the total.
SELECT directors.name, SUM(awards.prize_money) FROM directors JOIN film_directors ON directors.id = film_directors.director_id JOIN awards ON film_directors.film_id = awards.film_id GROUP BY directors.id HAVING SUM(awards.prize_money) > 10000;

-- Name the films that were awarded by the Main Jury but never shown in the Palace Cinema.
SELECT films.title FROM films JOIN awards ON films.id = awards.film_id JOIN juries ON awards.jury_id = juries.id WHERE juries.name = 'Main Jury' EXCEPT SELECT films.title FROM films JOIN screenings ON films.id = screenings.film_id JOIN venues ON screenings.venue_id = venues.id WHERE venues.name = 'Palace Cinema';

-- Which district sold the most tickets for films in English?
SELECT venues.district FROM venues JOIN screenings ON venues.id = screenings.venue_id JOIN films ON screenings.film_id = films.id WHERE films.language = 'English' GROUP BY venues.district ORDER BY SUM(screenings.tickets_sold) DESC LIMIT 1;

-- Which languages have films whose average number of tickets sold per screening is above the average of all screenings? Show the language and its average.
SELECT films.language, AVG(screenings.tickets_sold) FROM films JOIN screenings ON films.id = screenings.film_id GROUP BY films.language HAVING AVG(screenings.tickets_sold) > (SELECT AVG(screenings.tickets_sold) FROM screenings);

-- How many different films received an award from a jury with a juror from Germany in the role of chair?
SELECT COUNT(DISTINCT awards.film_id) FROM awards JOIN juries ON awards.jury_id = juries.id JOIN jurors ON juries.id = jurors.jury_id WHERE jurors.country = 'Germany' AND jurors.role = 'chair';
