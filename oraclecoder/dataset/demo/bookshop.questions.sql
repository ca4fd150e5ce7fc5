-- How many books do we have on the list?
SELECT COUNT(*) FROM book;

-- What are the titles of the books in the genre 'Crime'?
SELECT title FROM book WHERE genre = 'Crime';

-- List all the different genres of books, leaving out unknown ones.
SELECT DISTINCT genre FROM book WHERE genre IS NOT NULL;

-- Show the name and city of every publisher in 'Canada'.
SELECT name, city FROM publisher WHERE country = 'Canada';

-- Which customers have not given us an email? Give their names.
SELECT name FROM customer WHERE email IS NULL;

-- Names of the customers without an email address, please.
SELECT name FROM customer WHERE email IS NULL;

-- What is the average price of a book?
SELECT AVG(price) FROM book;

-- Which book titles are out of stock, i.e. have a stock of 0?
SELECT title FROM book WHERE stock = 0;

-- Find the names of authors born after 1975.
SELECT name FROM author WHERE birth_year > 1975;

-- How many orders were placed in 2023?
SELECT COUNT(*) FROM customer_order WHERE order_date BETWEEN '2023-01-01' AND '2023-12-31';

-- Count the orders dated between 2023-01-01 and 2023-12-31.
SELECT COUNT(*) FROM customer_order WHERE order_date BETWEEN '2023-01-01' AND '2023-12-31';

-- Give me the highest and the lowest price among our books.
SELECT MAX(price), MIN(price) FROM book;

-- From how many different cities do our customers come?
SELECT COUNT(DISTINCT city) FROM customer;

-- What is the email of the customer called 'Lily Chen'?
SELECT email FROM customer WHERE name = 'Lily Chen';

-- Which titles start with 'The '?
SELECT title FROM book WHERE title LIKE 'The %';

-- Total number of copies in stock over all books?
SELECT SUM(stock) FROM book;

-- For the author 'Dermot Quill', what are the country and the year of birth?
SELECT country, birth_year FROM author WHERE name = 'Dermot Quill';

-- Show the ids and dates of the orders that are 'pending'.
SELECT id, order_date FROM customer_order WHERE status = 'pending';

-- List titles and prices of books of more than 400 pages.
SELECT title, price FROM book WHERE pages > 400;

-- How many of the authors are from 'Germany'?
SELECT COUNT(*) FROM author WHERE country = 'Germany';

-- Who among our customers lives in 'London' or in 'Exeter'? Names only.
SELECT name FROM customer WHERE city = 'London' OR city = 'Exeter';

-- What is the most expensive book? Return its title.
SELECT title FROM book ORDER BY price DESC LIMIT 1;

-- Tell me the title of the book with the highest price.
SELECT title FROM book ORDER BY price DESC LIMIT 1;

-- Show each title together with the name of its publisher.
SELECT book.title, publisher.name FROM book JOIN publisher ON book.publisher_id = publisher.id;

-- How many books are there in each genre, counting only books whose genre is known?
SELECT genre, COUNT(*) FROM book WHERE genre IS NOT NULL GROUP BY genre;

-- Which publisher has brought out the most books? Give the name.
SELECT publisher.name FROM publisher JOIN book ON publisher.id = book.publisher_id GROUP BY publisher.id ORDER BY COUNT(*) DESC LIMIT 1;

-- List customer names from the most points to the fewest, skipping those whose points are missing.
SELECT name FROM customer WHERE points IS NOT NULL ORDER BY points DESC;

-- What are the three cheapest books? I need title and price.
SELECT title, price FROM book ORDER BY price ASC LIMIT 3;

-- For each order status, what is the number of orders?
SELECT status, COUNT(*) FROM customer_order GROUP BY status;

-- Give the status of orders and how many orders have it.
SELECT status, COUNT(*) FROM customer_order GROUP BY status;

-- Who wrote 'Bread and Yeast'? List the author names.
SELECT author.name FROM author JOIN book_author ON author.id = book_author.author_id JOIN book ON book_author.book_id = book.id WHERE book.title = 'Bread and Yeast';

-- What are the average price and average number of pages for the genre 'Novel'?
SELECT AVG(price), AVG(pages) FROM book WHERE genre = 'Novel';

-- Which cities have at least four customers?
SELECT city FROM customer GROUP BY city HAVING COUNT(*) >= 4;

-- When did 'George Sandham' place orders? Show the dates, latest first.
SELECT customer_order.order_date FROM customer_order JOIN customer ON customer_order.customer_id = customer.id WHERE customer.name = 'George Sandham' ORDER BY customer_order.order_date DESC;

-- Show the name of every publisher along with the average price of its books.
SELECT publisher.name, AVG(book.price) FROM publisher JOIN book ON publisher.id = book.publisher_id GROUP BY publisher.id;

-- On average, what does a book of each publisher cost? Show publisher name and average price.
SELECT publisher.name, AVG(book.price) FROM publisher JOIN book ON publisher.id = book.publisher_id GROUP BY publisher.id;

-- Find the titles of the books published by companies in 'Ireland'.
SELECT book.title FROM book JOIN publisher ON book.publisher_id = publisher.id WHERE publisher.country = 'Ireland';

-- How many orders has each customer made? Show customer names and counts.
SELECT customer.name, COUNT(*) FROM customer JOIN customer_order ON customer.id = customer_order.customer_id GROUP BY customer.id;

-- In which genres does the average price go above 15? Ignore books without a genre.
SELECT genre FROM book WHERE genre IS NOT NULL GROUP BY genre HAVING AVG(price) > 15;

-- What is the name of the oldest author, by year of birth?
SELECT name FROM author WHERE birth_year IS NOT NULL ORDER BY birth_year ASC LIMIT 1;

-- How many copies of 'Fog over Kerry' have been ordered altogether?
SELECT SUM(order_line.quantity) FROM order_line JOIN book ON order_line.book_id = book.id WHERE book.title = 'Fog over Kerry';

-- Sum up the quantity ordered of the book 'Fog over Kerry'.
SELECT SUM(order_line.quantity) FROM order_line JOIN book ON order_line.book_id = book.id WHERE book.title = 'Fog over Kerry';

-- List the different names of customers who had an order 'returned'.
SELECT DISTINCT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id WHERE customer_order.status = 'returned';

-- What was the highest shipping cost for each order status? Show status and cost.
SELECT status, MAX(shipping_cost) FROM customer_order GROUP BY status;

-- Number of authors per country, most authors first. Show country and number.
SELECT country, COUNT(*) FROM author GROUP BY country ORDER BY COUNT(*) DESC;

-- Which countries gave us more than one author?
SELECT country FROM author GROUP BY country HAVING COUNT(*) > 1;

-- Give the id of each order and its number of lines, for orders that have more than one line.
SELECT order_id, COUNT(*) FROM order_line GROUP BY order_id HAVING COUNT(*) > 1;

-- Which customer from 'Bristol' has collected the most points? Name, please.
SELECT name FROM customer WHERE city = 'Bristol' ORDER BY points DESC LIMIT 1;

-- What is the total stock of each publisher? Give publisher name and stock, largest stock first.
SELECT publisher.name, SUM(book.stock) FROM publisher JOIN book ON publisher.id = book.publisher_id GROUP BY publisher.id ORDER BY SUM(book.stock) DESC;

-- Show the earliest and the latest joining date of customers in 'Bath'.
SELECT MIN(joined), MAX(joined) FROM customer WHERE city = 'Bath';

-- Which genre is the most common one in the shop?
SELECT genre FROM book GROUP BY genre ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the genre that the largest number of books belongs to.
SELECT genre FROM book GROUP BY genre ORDER BY COUNT(*) DESC LIMIT 1;

-- Which customers have never ordered anything? List the names.
SELECT name FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_order);

-- Find the names of customers with no order at all.
SELECT name FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_order);

-- What books cost more than the average book? Show the titles.
SELECT title FROM book WHERE price > (SELECT AVG(price) FROM book);

-- Titles of the books nobody has ordered yet?
SELECT title FROM book WHERE id NOT IN (SELECT book_id FROM order_line);

-- List the names of publishers that have no book in our shop.
SELECT name FROM publisher WHERE id NOT IN (SELECT publisher_id FROM book);

-- Which countries have both a publisher and an author?
SELECT country FROM publisher INTERSECT SELECT country FROM author;

-- In which countries do we have authors but no publisher?
SELECT country FROM author EXCEPT SELECT country FROM publisher;

-- How many authors are without any book on our list?
SELECT COUNT(*) FROM author WHERE id NOT IN (SELECT author_id FROM book_author);

-- Find the titles of 'Novel' books by publishers in 'London' that cost less than 15.
SELECT book.title FROM book JOIN publisher ON book.publisher_id = publisher.id WHERE book.genre = 'Novel' AND publisher.city = 'London' AND book.price < 15;

-- Show names and points of customers with more points than 'Rosa Whitfield'.
SELECT name, points FROM customer WHERE points > (SELECT points FROM customer WHERE name = 'Rosa Whitfield');

-- Which publishers sell both 'Novel' and 'Crime' books? Give the publisher ids.
SELECT publisher_id FROM book WHERE genre = 'Novel' INTERSECT SELECT publisher_id FROM book WHERE genre = 'Crime';

-- What titles by publishers from the 'United Kingdom' have fewer than 10 copies in stock and came out after 2014-12-31?
SELECT book.title FROM book JOIN publisher ON book.publisher_id = publisher.id WHERE publisher.country = 'United Kingdom' AND book.stock < 10 AND book.published > '2014-12-31';

-- Of all the authors, who has written the most books? Return the name and the number of books.
SELECT author.name, COUNT(*) FROM author JOIN book_author ON author.id = book_author.author_id GROUP BY author.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Which three titles sold the largest quantity? Show title and total quantity.
SELECT book.title, SUM(order_line.quantity) FROM book JOIN order_line ON book.id = order_line.book_id GROUP BY book.id ORDER BY SUM(order_line.quantity) DESC LIMIT 3;

-- For each customer with at least 4 copies bought in total, show the name and the number of copies.
SELECT customer.name, SUM(order_line.quantity) FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id GROUP BY customer.id HAVING SUM(order_line.quantity) >= 4;

-- Who has spent the most on books (quantity times unit price over all orders)? Customer name only.
SELECT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id GROUP BY customer.id ORDER BY SUM(order_line.quantity * order_line.unit_price) DESC LIMIT 1;

-- Which customers bought both 'The Salt Road' and 'Winter Orchards'? Give their names.
SELECT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id JOIN book ON order_line.book_id = book.id WHERE book.title = 'The Salt Road' INTERSECT SELECT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id JOIN book ON order_line.book_id = book.id WHERE book.title = 'Winter Orchards';

-- Names of the customers who got both the books 'The Salt Road' and 'Winter Orchards' from us.
SELECT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id JOIN book ON order_line.book_id = book.id WHERE book.title = 'The Salt Road' INTERSECT SELECT customer.name FROM customer JOIN customer_order ON customer.id = customer_order.customer_id JOIN order_line ON customer_order.id = order_line.order_id JOIN book ON order_line.book_id = book.id WHERE book.title = 'Winter Orchards';

-- How many different publishers has the author 'Ines Valverde' published with?
SELECT COUNT(DISTINCT book.publisher_id) FROM book JOIN book_author ON book.id = book_author.book_id JOIN author ON book_author.author_id = author.id WHERE author.name = 'Ines Valverde';

-- Show the titles with two or more authors, sorted by title from A to Z.
SELECT book.title FROM book JOIN book_author ON book.id = book_author.book_id GROUP BY book.id HAVING COUNT(*) >= 2 ORDER BY book.title ASC;

-- Which genre sold the largest number of copies? Return the genre and the sum of quantities.
SELECT book.genre, SUM(order_line.quantity) FROM book JOIN order_line ON book.id = order_line.book_id GROUP BY book.genre ORDER BY SUM(order_line.quantity) DESC LIMIT 1;

-- List the names of the publishers whose books are on average dearer than the average book of all.
SELECT publisher.name FROM publisher JOIN book ON publisher.id = book.publisher_id GROUP BY publisher.id HAVING AVG(book.price) > (SELECT AVG(price) FROM book);
