-- How many telescopes does the observatory have?
SELECT COUNT(*) FROM telescope;

-- Give the total number of telescopes.
SELECT COUNT(*) FROM telescope;

-- What are the names of the telescopes at Cerro Bayo?
SELECT name FROM telescope WHERE site = 'Cerro Bayo';

-- Which telescopes have an aperture above 10 metres?
SELECT name FROM telescope WHERE aperture_m > 10;

-- List the name and retirement year of every telescope that has been retired.
SELECT name, retired_year FROM telescope WHERE retired_year IS NOT NULL;

-- How many radio telescopes are there?
SELECT COUNT(*) FROM telescope WHERE kind = 'radio';

-- Show me the different kinds of telescope.
SELECT DISTINCT kind FROM telescope;

-- Who among the astronomers works at the Harrow Institute?
SELECT name FROM astronomer WHERE institute = 'Harrow Institute';

-- Find the names of the astronomers whose email we do not have.
SELECT name FROM astronomer WHERE email IS NULL;

-- How many different countries do our astronomers come from?
SELECT COUNT(DISTINCT country) FROM astronomer;

-- On which dates was the night cloudy?
SELECT night_date FROM night WHERE weather = 'cloudy';

-- How many clear nights were there?
SELECT COUNT(*) FROM night WHERE weather = 'clear';

-- Count the nights when the weather was clear.
SELECT COUNT(*) FROM night WHERE weather = 'clear';

-- What is the best, that is lowest, seeing ever recorded?
SELECT MIN(seeing) FROM night;

-- Add up the hours lost over all nights.
SELECT SUM(hours_lost) FROM night;

-- Which stars belong to the constellation Cygnus?
SELECT name FROM star WHERE constellation = 'Cygnus';

-- Give the magnitude of the star Quillon.
SELECT magnitude FROM star WHERE name = 'Quillon';

-- For how many stars is the distance unknown?
SELECT COUNT(*) FROM star WHERE distance_ly IS NULL;

-- What is the average exposure in seconds of the observations?
SELECT AVG(exposure_s) FROM observation;

-- Find the titles of publications in Instrument Notes.
SELECT title FROM publication WHERE journal = 'Instrument Notes';

-- Which papers mention 'radio' in their title?
SELECT title FROM publication WHERE title LIKE '%radio%';

-- How many papers came out in 2022?
SELECT COUNT(*) FROM publication WHERE published BETWEEN '2022-01-01' AND '2022-12-31';

-- List the names of all telescopes from the oldest to the newest.
SELECT name FROM telescope ORDER BY built_year;

-- Which telescope has the smallest aperture?
SELECT name FROM telescope ORDER BY aperture_m LIMIT 1;

-- What is the name and site of the most recently built telescope?
SELECT name, site FROM telescope ORDER BY built_year DESC LIMIT 1;

-- Tell me where the newest telescope stands, after giving its name.
SELECT name, site FROM telescope ORDER BY built_year DESC LIMIT 1;

-- How many telescopes stand at each site?
SELECT site, COUNT(*) FROM telescope GROUP BY site;

-- For each kind of telescope, what are the smallest and the largest aperture?
SELECT kind, MIN(aperture_m), MAX(aperture_m) FROM telescope GROUP BY kind;

-- Which institutes employ at least three astronomers?
SELECT institute FROM astronomer GROUP BY institute HAVING COUNT(*) >= 3;

-- Show each institute with its number of astronomers, biggest first.
SELECT institute, COUNT(*) FROM astronomer GROUP BY institute ORDER BY COUNT(*) DESC;

-- Among astronomers whose PhD year is known, who got the degree first?
SELECT name FROM astronomer WHERE phd_year IS NOT NULL ORDER BY phd_year LIMIT 1;

-- For every kind of weather, what was the average seeing?
SELECT weather, AVG(seeing) FROM night GROUP BY weather;

-- Give the three nights with the most hours lost: date and hours.
SELECT night_date, hours_lost FROM night ORDER BY hours_lost DESC LIMIT 3;

-- Which constellations are represented by more than two stars?
SELECT constellation FROM star GROUP BY constellation HAVING COUNT(*) > 2;

-- Brightest star, please: I want the name and constellation of the star with the lowest magnitude.
SELECT name, constellation FROM star ORDER BY magnitude LIMIT 1;

-- List the stars of spectral class M that are closer than 100 light years.
SELECT name FROM star WHERE spectral_class = 'M' AND distance_ly < 100;

-- What are the average and the greatest distance of stars in each spectral class?
SELECT spectral_class, AVG(distance_ly), MAX(distance_ly) FROM star GROUP BY spectral_class;

-- How many observations did each telescope make? Give telescope names and counts.
SELECT telescope.name, COUNT(*) FROM telescope JOIN observation ON telescope.id = observation.telescope_id GROUP BY telescope.id;

-- Which telescope was used for the most observations?
SELECT telescope.name FROM telescope JOIN observation ON telescope.id = observation.telescope_id GROUP BY telescope.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the busiest telescope, the one with the largest number of observations.
SELECT telescope.name FROM telescope JOIN observation ON telescope.id = observation.telescope_id GROUP BY telescope.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Find the different stars that Ines Okafor observed.
SELECT DISTINCT star.name FROM star JOIN observation ON star.id = observation.star_id JOIN astronomer ON observation.astronomer_id = astronomer.id WHERE astronomer.name = 'Ines Okafor';

-- What distinct bands were used on the telescope Aurelia?
SELECT DISTINCT observation.band FROM observation JOIN telescope ON observation.telescope_id = telescope.id WHERE telescope.name = 'Aurelia';

-- How many observations were taken on windy nights?
SELECT COUNT(*) FROM observation JOIN night ON observation.night_id = night.id WHERE night.weather = 'windy';

-- Total up the exposure time per astronomer; show the name and the seconds.
SELECT astronomer.name, SUM(observation.exposure_s) FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id GROUP BY astronomer.id;

-- Which star has been observed most often?
SELECT star.name FROM star JOIN observation ON star.id = observation.star_id GROUP BY star.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Which astronomers have made more than three observations?
SELECT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id GROUP BY astronomer.id HAVING COUNT(*) > 3;

-- What are the dates and exposures of the observations of the Draycott Star?
SELECT night.night_date, observation.exposure_s FROM night JOIN observation ON night.id = observation.night_id JOIN star ON observation.star_id = star.id WHERE star.name = 'Draycott Star';

-- Who is the first author of 'Dust around Korrin'?
SELECT astronomer.name FROM astronomer JOIN publication_author ON astronomer.id = publication_author.astronomer_id JOIN publication ON publication_author.publication_id = publication.id WHERE publication.title = 'Dust around Korrin' AND publication_author.author_order = 1;

-- How many authors does each paper have? List title and number of authors.
SELECT publication.title, COUNT(*) FROM publication JOIN publication_author ON publication.id = publication_author.publication_id GROUP BY publication.id;

-- List every publication's title together with its number of authors.
SELECT publication.title, COUNT(*) FROM publication JOIN publication_author ON publication.id = publication_author.publication_id GROUP BY publication.id;

-- What is the title of the most cited publication?
SELECT title FROM publication ORDER BY citations DESC LIMIT 1;

-- For each journal, show the number of papers and their total citations.
SELECT journal, COUNT(*), SUM(citations) FROM publication GROUP BY journal;

-- Titles of the publications about Harrow 12, sorted by publication date?
SELECT publication.title FROM publication JOIN publication_star ON publication.id = publication_star.publication_id JOIN star ON publication_star.star_id = star.id WHERE star.name = 'Harrow 12' ORDER BY publication.published;

-- Which stars have never been observed?
SELECT name FROM star WHERE id NOT IN (SELECT star_id FROM observation);

-- Give me the names of stars that appear in no observation at all.
SELECT name FROM star WHERE id NOT IN (SELECT star_id FROM observation);

-- Find the telescopes that have not made a single observation.
SELECT name FROM telescope WHERE id NOT IN (SELECT telescope_id FROM observation);

-- Which astronomer has written no publication?
SELECT name FROM astronomer WHERE id NOT IN (SELECT astronomer_id FROM publication_author);

-- On which dates did no observation take place?
SELECT night_date FROM night WHERE id NOT IN (SELECT night_id FROM observation);

-- Which stars are fainter, i.e. of higher magnitude, than the average star?
SELECT name FROM star WHERE magnitude > (SELECT AVG(magnitude) FROM star);

-- List the titles and page counts of papers longer than the average paper.
SELECT title, pages FROM publication WHERE pages > (SELECT AVG(pages) FROM publication);

-- Name the stars that lie farther away than every star of Lyra.
SELECT name FROM star WHERE distance_ly > (SELECT MAX(distance_ly) FROM star WHERE constellation = 'Lyra');

-- Which sites have both a reflector and a refractor?
SELECT site FROM telescope WHERE kind = 'reflector' INTERSECT SELECT site FROM telescope WHERE kind = 'refractor';

-- Constellations with a star of spectral class M but none of class B: which are they?
SELECT constellation FROM star WHERE spectral_class = 'M' EXCEPT SELECT constellation FROM star WHERE spectral_class = 'B';

-- Show the names of astronomers from Chile together with those of astronomers whose PhD is from before 2000, each name once.
SELECT name FROM astronomer WHERE country = 'Chile' UNION SELECT name FROM astronomer WHERE phd_year < 2000;

-- Which different astronomers used a radio telescope for an exposure of at least 5000 seconds?
SELECT DISTINCT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id JOIN telescope ON observation.telescope_id = telescope.id WHERE telescope.kind = 'radio' AND observation.exposure_s >= 5000;

-- Find the stars observed in both the V and the R band.
SELECT star.name FROM star JOIN observation ON star.id = observation.star_id WHERE observation.band = 'V' INTERSECT SELECT star.name FROM star JOIN observation ON star.id = observation.star_id WHERE observation.band = 'R';

-- How many stars are not the subject of any publication?
SELECT COUNT(*) FROM star WHERE id NOT IN (SELECT star_id FROM publication_star);

-- What is the title of the paper with the most authors, and in which journal did it appear?
SELECT publication.title, publication.journal FROM publication JOIN publication_author ON publication.id = publication_author.publication_id GROUP BY publication.id ORDER BY COUNT(*) DESC LIMIT 1;

-- For each astronomer with at least two papers, give the name and the total number of citations, highest total first.
SELECT astronomer.name, SUM(publication.citations) FROM astronomer JOIN publication_author ON astronomer.id = publication_author.astronomer_id JOIN publication ON publication_author.publication_id = publication.id GROUP BY astronomer.id HAVING COUNT(*) >= 2 ORDER BY SUM(publication.citations) DESC;

-- Which astronomer collected the longest total exposure on the telescope Vesper?
SELECT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id JOIN telescope ON observation.telescope_id = telescope.id WHERE telescope.name = 'Vesper' GROUP BY astronomer.id ORDER BY SUM(observation.exposure_s) DESC LIMIT 1;

-- Name the constellation that received the longest total exposure on clear nights.
SELECT star.constellation FROM star JOIN observation ON star.id = observation.star_id JOIN night ON observation.night_id = night.id WHERE night.weather = 'clear' GROUP BY star.constellation ORDER BY SUM(observation.exposure_s) DESC LIMIT 1;

-- Who are the different astronomers that observed at the sites Salt Plain or Fenmark?
SELECT DISTINCT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id JOIN telescope ON observation.telescope_id = telescope.id WHERE telescope.site IN ('Salt Plain', 'Fenmark');

-- Which astronomers have made good observations but never a poor one?
SELECT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id WHERE observation.quality = 'good' EXCEPT SELECT astronomer.name FROM astronomer JOIN observation ON astronomer.id = observation.astronomer_id WHERE observation.quality = 'poor';

-- For every site where more than two different stars were observed, show the site and the number of different stars.
SELECT telescope.site, COUNT(DISTINCT observation.star_id) FROM telescope JOIN observation ON telescope.id = observation.telescope_id GROUP BY telescope.site HAVING COUNT(DISTINCT observation.star_id) > 2;

-- List the distinct names of astronomers who wrote about a star of Draco.
SELECT DISTINCT astronomer.name FROM astronomer JOIN publication_author ON astronomer.id = publication_author.astronomer_id JOIN publication_star ON publication_author.publication_id = publication_star.publication_id JOIN star ON publication_star.star_id = star.id WHERE star.constellation = 'Draco';

-- How many observations had an exposure longer than that of every observation of the star Harrow 31?
SELECT COUNT(*) FROM observation WHERE observation.exposure_s > (SELECT MAX(observation.exposure_s) FROM observation JOIN star ON observation.star_id = star.id WHERE star.name = 'Harrow 31');
