-- How many journalists work for the paper?
SELECT COUNT(*) FROM journalists;

-- Tell me how big the newsroom is, counting all journalists.
SELECT COUNT(*) FROM journalists;

-- List the names and positions of all journalists.
SELECT name, position FROM journalists;

-- Which readers live in Elmsworth?
SELECT name FROM readers WHERE town = 'Elmsworth';

-- Which sections do not have an editor? Names please.
SELECT name FROM sections WHERE editor_id IS NULL;

-- What are the names of the sections that are without an editor at the moment?
SELECT name FROM sections WHERE editor_id IS NULL;

-- What is the average number of pages of an issue?
SELECT AVG(pages) FROM issues;

-- Show issue number and publication date of the issues with more than 32 pages.
SELECT issue_number, published_on FROM issues WHERE pages > 32;

-- How many articles ran on page 1?
SELECT COUNT(*) FROM articles WHERE page = 1;

-- What different subscription plans exist?
SELECT DISTINCT plan FROM subscriptions;

-- Find all headlines mentioning Rovers.
SELECT headline FROM articles WHERE headline LIKE '%Rovers%';

-- How many subscriptions have been cancelled?
SELECT COUNT(*) FROM subscriptions WHERE cancelled_on IS NOT NULL;

-- Give the number of subscriptions that have a cancellation date.
SELECT COUNT(*) FROM subscriptions WHERE cancelled_on IS NOT NULL;

-- Which journalists were hired in 2023?
SELECT name FROM journalists WHERE hired_on BETWEEN '2023-01-01' AND '2023-12-31';

-- What is the highest number of copies sold for a single issue?
SELECT MAX(copies_sold) FROM issues;

-- Which readers gave no email but did tell us their birth year? Show name and birth year.
SELECT name, birth_year FROM readers WHERE email IS NULL AND birth_year IS NOT NULL;

-- From how many different towns do our readers come?
SELECT COUNT(DISTINCT town) FROM readers;

-- List the headlines and word counts of articles longer than 1000 words.
SELECT headline, word_count FROM articles WHERE word_count > 1000;

-- How many copies were printed in total over all issues?
SELECT SUM(copies_printed) FROM issues;

-- Who works as a reporter or senior reporter? Give name and hiring date.
SELECT name, hired_on FROM journalists WHERE position IN ('reporter', 'senior reporter');

-- What are the cheapest and the dearest monthly price among subscriptions still running, meaning not cancelled?
SELECT MIN(monthly_price), MAX(monthly_price) FROM subscriptions WHERE cancelled_on IS NULL;

-- On which floor does the Sport section sit?
SELECT floor FROM sections WHERE name = 'Sport';

-- Which journalists earn between 2500 and 4000 a month?
SELECT name FROM journalists WHERE monthly_salary BETWEEN 2500 AND 4000;

-- How many journalists hold each position?
SELECT position, COUNT(*) FROM journalists GROUP BY position;

-- Positions at the paper, with the head count for each?
SELECT position, COUNT(*) FROM journalists GROUP BY position;

-- Show the number of readers in every town.
SELECT town, COUNT(*) FROM readers GROUP BY town;

-- Which journalist has been with us the longest, judging by hiring date?
SELECT name FROM journalists ORDER BY hired_on LIMIT 1;

-- Give the headline of the longest article.
SELECT headline FROM articles ORDER BY word_count DESC LIMIT 1;

-- What is the headline of the article with the highest word count?
SELECT headline FROM articles ORDER BY word_count DESC LIMIT 1;

-- List each headline along with the name of its section.
SELECT articles.headline, sections.name FROM articles JOIN sections ON articles.section_id = sections.id;

-- Which headlines appeared in the Politics section?
SELECT articles.headline FROM articles JOIN sections ON articles.section_id = sections.id WHERE sections.name = 'Politics';

-- How many articles does each section have?
SELECT sections.name, COUNT(*) FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id;

-- Which sections have published at least five articles?
SELECT sections.name FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id HAVING COUNT(*) >= 5;

-- For every section, what is the average word count of its articles?
SELECT sections.name, AVG(articles.word_count) FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id;

-- Section by section, how long are the articles on average, in words?
SELECT sections.name, AVG(articles.word_count) FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id;

-- Show the headlines in issue number 1183 in the order of their pages.
SELECT articles.headline FROM articles JOIN issues ON articles.issue_id = issues.id WHERE issues.issue_number = 1183 ORDER BY articles.page;

-- What three issues sold the most copies? List issue number and copies sold.
SELECT issue_number, copies_sold FROM issues ORDER BY copies_sold DESC LIMIT 3;

-- Which journalist has contributed to the most articles?
SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id GROUP BY journalists.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Who appears as an author more often than anyone else?
SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id GROUP BY journalists.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the editor in charge of the Business section.
SELECT journalists.name FROM journalists JOIN sections ON journalists.id = sections.editor_id WHERE sections.name = 'Business';

-- How many sections does each editor run? Show the name and the number of sections.
SELECT journalists.name, COUNT(*) FROM journalists JOIN sections ON journalists.id = sections.editor_id GROUP BY journalists.id;

-- What is the average monthly price of each plan?
SELECT plan, AVG(monthly_price) FROM subscriptions GROUP BY plan;

-- Which plans have more than three subscriptions?
SELECT plan FROM subscriptions GROUP BY plan HAVING COUNT(*) > 3;

-- List the readers who have had more than one subscription, with the number of subscriptions.
SELECT readers.name, COUNT(*) FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id GROUP BY readers.id HAVING COUNT(*) > 1;

-- What plans has Desmond Achebe subscribed to, and when did they start?
SELECT subscriptions.plan, subscriptions.started_on FROM subscriptions JOIN readers ON subscriptions.reader_id = readers.id WHERE readers.name = 'Desmond Achebe';

-- Among the sections that have any articles, which one has the fewest?
SELECT sections.name FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id ORDER BY COUNT(*) LIMIT 1;

-- Show the total monthly price of running subscriptions per town, i.e. those without a cancellation date.
SELECT readers.town, SUM(subscriptions.monthly_price) FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id WHERE subscriptions.cancelled_on IS NULL GROUP BY readers.town;

-- What is the average and the maximum monthly salary for each position where salaries are known?
SELECT position, AVG(monthly_salary), MAX(monthly_salary) FROM journalists WHERE monthly_salary IS NOT NULL GROUP BY position;

-- For each type of contribution, count the entries in the author list.
SELECT contribution, COUNT(*) FROM article_authors GROUP BY contribution;

-- Give the name of each journalist together with the name of the mentor.
SELECT junior.name, mentor.name FROM journalists AS junior JOIN journalists AS mentor ON junior.mentor_id = mentor.id;

-- Whose photos have we credited on more than three articles? Show the photo credit and the count.
SELECT photo_credit, COUNT(*) FROM articles WHERE photo_credit IS NOT NULL GROUP BY photo_credit HAVING COUNT(*) > 3;

-- Sort all subscriptions that began in 2022 or later by start date, latest first; show plan and start date.
SELECT plan, started_on FROM subscriptions WHERE started_on >= '2022-01-01' ORDER BY started_on DESC;

-- Which articles have no author listed? Give the headline.
SELECT headline FROM articles WHERE id NOT IN (SELECT article_id FROM article_authors);

-- Which journalists have never written for the paper, that is, are not an author of any article?
SELECT name FROM journalists WHERE id NOT IN (SELECT journalist_id FROM article_authors);

-- Name the journalists who don't show up as an author of any article.
SELECT name FROM journalists WHERE id NOT IN (SELECT journalist_id FROM article_authors);

-- Which readers have no subscription at all? Name and town.
SELECT name, town FROM readers WHERE id NOT IN (SELECT reader_id FROM subscriptions);

-- Find the issue numbers that sold better than the average issue.
SELECT issue_number FROM issues WHERE copies_sold > (SELECT AVG(copies_sold) FROM issues);

-- Which journalists mentor nobody but have a mentor themselves?
SELECT name FROM journalists WHERE mentor_id IS NOT NULL AND id NOT IN (SELECT mentor_id FROM journalists WHERE mentor_id IS NOT NULL);

-- In which towns do we have both print and digital subscribers?
SELECT readers.town FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id WHERE subscriptions.plan = 'print' INTERSECT SELECT readers.town FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id WHERE subscriptions.plan = 'digital';

-- Which journalists have been lead on some article but never did research?
SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id WHERE article_authors.contribution = 'lead' EXCEPT SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id WHERE article_authors.contribution = 'research';

-- List everyone who is either a journalist hired before 2010 or a reader born before 1960.
SELECT name FROM journalists WHERE hired_on < '2010-01-01' UNION SELECT name FROM readers WHERE birth_year < 1960;

-- Show headline and page of Local News or Business articles with over 800 words that did not make page 1.
SELECT articles.headline, articles.page FROM articles JOIN sections ON articles.section_id = sections.id WHERE sections.name IN ('Local News', 'Business') AND articles.word_count > 800 AND articles.page != 1;

-- Which readers cancelled a subscription and still have one running?
SELECT readers.name FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id WHERE subscriptions.cancelled_on IS NOT NULL INTERSECT SELECT readers.name FROM readers JOIN subscriptions ON readers.id = subscriptions.reader_id WHERE subscriptions.cancelled_on IS NULL;

-- Which sections printed nothing in the issue with number 1186?
SELECT name FROM sections WHERE id NOT IN (SELECT articles.section_id FROM articles JOIN issues ON articles.issue_id = issues.id WHERE issues.issue_number = 1186);

-- Show the headlines from December 2023 that are longer than the average article.
SELECT articles.headline FROM articles JOIN issues ON articles.issue_id = issues.id WHERE issues.published_on BETWEEN '2023-12-01' AND '2023-12-31' AND articles.word_count > (SELECT AVG(word_count) FROM articles);

-- Which different sections has Ben Tiernan written for?
SELECT DISTINCT sections.name FROM sections JOIN articles ON sections.id = articles.section_id JOIN article_authors ON articles.id = article_authors.article_id JOIN journalists ON article_authors.journalist_id = journalists.id WHERE journalists.name = 'Ben Tiernan';

-- In what distinct sections does Ben Tiernan's work turn up?
SELECT DISTINCT sections.name FROM sections JOIN articles ON sections.id = articles.section_id JOIN article_authors ON articles.id = article_authors.article_id JOIN journalists ON article_authors.journalist_id = journalists.id WHERE journalists.name = 'Ben Tiernan';

-- Which journalists contributed to articles in more than two different sections? Show name and number of sections.
SELECT journalists.name, COUNT(DISTINCT articles.section_id) FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id JOIN articles ON article_authors.article_id = articles.id GROUP BY journalists.id HAVING COUNT(DISTINCT articles.section_id) > 2;

-- Who is the journalist with the largest total word count over all articles led?
SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id JOIN articles ON article_authors.article_id = articles.id WHERE article_authors.contribution = 'lead' GROUP BY journalists.id ORDER BY SUM(articles.word_count) DESC LIMIT 1;

-- Which headlines were written by three or more authors? Give headline, section name and number of authors.
SELECT articles.headline, sections.name, COUNT(*) FROM articles JOIN sections ON articles.section_id = sections.id JOIN article_authors ON articles.id = article_authors.article_id GROUP BY articles.id HAVING COUNT(*) >= 3;

-- For each issue with at least three articles, show the issue number and the total word count, biggest total first.
SELECT issues.issue_number, SUM(articles.word_count) FROM issues JOIN articles ON issues.id = articles.issue_id GROUP BY issues.id HAVING COUNT(*) >= 3 ORDER BY SUM(articles.word_count) DESC;

-- Which sections have an average word count above the average over all articles?
SELECT sections.name FROM sections JOIN articles ON sections.id = articles.section_id GROUP BY sections.id HAVING AVG(articles.word_count) > (SELECT AVG(word_count) FROM articles);

-- Find the authors who have written in the Politics section but not in Local News.
SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id JOIN articles ON article_authors.article_id = articles.id JOIN sections ON articles.section_id = sections.id WHERE sections.name = 'Politics' EXCEPT SELECT journalists.name FROM journalists JOIN article_authors ON journalists.id = article_authors.journalist_id JOIN articles ON article_authors.article_id = articles.id JOIN sections ON articles.section_id = sections.id WHERE sections.name = 'Local News';

-- Which editor's sections have published the most articles in total?
SELECT journalists.name FROM journalists JOIN sections ON journalists.id = sections.editor_id JOIN articles ON sections.id = articles.section_id GROUP BY journalists.id ORDER BY COUNT(*) DESC LIMIT 1;
