-- What are the names of all the branches?
SELECT branch_name FROM branches;

-- How many members does the library have?
SELECT COUNT(*) FROM members;

-- Count all library members.
SELECT COUNT(*) FROM members;

-- Which titles are in 'German'?
SELECT title FROM titles WHERE language = 'German';

-- In which branch addresses does the word 'Road' appear? Give the branch names.
SELECT branch_name FROM branches WHERE address LIKE '%Road%';

-- Show first and last names of all 'senior' members.
SELECT first_name, last_name FROM members WHERE membership_type = 'senior';

-- Different languages of the titles, please.
SELECT DISTINCT language FROM titles;

-- How many different authors are there among the titles?
SELECT COUNT(DISTINCT author) FROM titles;

-- Which loans have not come back yet, that is, have no return date? Give loan ids.
SELECT loan_id FROM loans WHERE return_date IS NULL;

-- Which loan ids have no return date?
SELECT loan_id FROM loans WHERE return_date IS NULL;

-- Find the due date of loan 14.
SELECT due_date FROM loans WHERE loan_id = 14;

-- What was the largest fine amount ever charged?
SELECT MAX(amount) FROM fines;

-- How many copies are in 'worn' condition?
SELECT COUNT(*) FROM copies WHERE condition = 'worn';

-- Tell me the title and publication year of everything by 'Lottie Frame'.
SELECT title, publication_year FROM titles WHERE author = 'Lottie Frame';

-- Which members joined in 2022? I want first names and join dates.
SELECT first_name, join_date FROM members WHERE join_date BETWEEN '2022-01-01' AND '2022-12-31';

-- What does the floor area of all branches add up to?
SELECT SUM(floor_area) FROM branches;

-- List the titles published before 1990.
SELECT title FROM titles WHERE publication_year < 1990;

-- Average amount of a fine for the reason 'late'?
SELECT AVG(amount) FROM fines WHERE reason = 'late';

-- Compute the mean of the 'late' fines.
SELECT AVG(amount) FROM fines WHERE reason = 'late';

-- Whose phone number is missing? Return last names.
SELECT last_name FROM members WHERE phone IS NULL;

-- Name the subjects kept under shelf code 'F'.
SELECT subject_name FROM subjects WHERE shelf_code = 'F';

-- How many loans were renewed at least once?
SELECT COUNT(*) FROM loans WHERE renewals >= 1;

-- Show the title and minimum age of titles for which a minimum age of 12 or more is set.
SELECT title, min_age FROM titles WHERE min_age >= 12;

-- Which titles are written in 'French' or 'Spanish'?
SELECT title FROM titles WHERE language = 'French' OR language = 'Spanish';

-- How many members are there of each membership type?
SELECT membership_type, COUNT(*) FROM members GROUP BY membership_type;

-- For every membership type, count the members.
SELECT membership_type, COUNT(*) FROM members GROUP BY membership_type;

-- List each copy id with its title and its condition.
SELECT copies.copy_id, titles.title, copies.condition FROM copies JOIN titles ON copies.title_id = titles.title_id;

-- What is the name of the oldest branch, by opening year?
SELECT branch_name FROM branches WHERE opened_year IS NOT NULL ORDER BY opened_year ASC LIMIT 1;

-- Which branch holds the most copies? Give its name.
SELECT branches.branch_name FROM branches JOIN copies ON branches.branch_id = copies.branch_id GROUP BY branches.branch_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the branch with the highest number of copies.
SELECT branches.branch_name FROM branches JOIN copies ON branches.branch_id = copies.branch_id GROUP BY branches.branch_id ORDER BY COUNT(*) DESC LIMIT 1;

-- How many loans did each member take out? Show first name, last name and the number.
SELECT members.first_name, members.last_name, COUNT(*) FROM members JOIN loans ON members.member_id = loans.member_id GROUP BY members.member_id;

-- For every reason of a fine, show the number of fines and the total amount.
SELECT reason, COUNT(*), SUM(amount) FROM fines GROUP BY reason;

-- Give me all titles from newest to oldest publication year.
SELECT title FROM titles ORDER BY publication_year DESC;

-- What are the first names of members whose home branch is 'Riverside'?
SELECT members.first_name FROM members JOIN branches ON members.home_branch_id = branches.branch_id WHERE branches.branch_name = 'Riverside';

-- Who belongs to the 'Riverside' branch? First names will do.
SELECT members.first_name FROM members JOIN branches ON members.home_branch_id = branches.branch_id WHERE branches.branch_name = 'Riverside';

-- Which authors, if known, have more than one title with us?
SELECT author FROM titles WHERE author IS NOT NULL GROUP BY author HAVING COUNT(*) > 1;

-- Show the four fines with the highest amounts: id and amount.
SELECT fine_id, amount FROM fines ORDER BY amount DESC LIMIT 4;

-- At which branches is there a copy of 'The Iron Ledger'? Branch names.
SELECT branches.branch_name FROM branches JOIN copies ON branches.branch_id = copies.branch_id JOIN titles ON copies.title_id = titles.title_id WHERE titles.title = 'The Iron Ledger';

-- What subjects is 'The Iron Ledger' filed under?
SELECT subjects.subject_name FROM subjects JOIN title_subjects ON subjects.subject_id = title_subjects.subject_id JOIN titles ON title_subjects.title_id = titles.title_id WHERE titles.title = 'The Iron Ledger';

-- Find the earliest and latest publication years for each language.
SELECT language, MIN(publication_year), MAX(publication_year) FROM titles GROUP BY language;

-- What is the average number of renewals of loans made by members of type 'adult'?
SELECT AVG(loans.renewals) FROM loans JOIN members ON loans.member_id = members.member_id WHERE members.membership_type = 'adult';

-- List the loan dates of 'Keiko' 'Mori' in chronological order.
SELECT loans.loan_date FROM loans JOIN members ON loans.member_id = members.member_id WHERE members.first_name = 'Keiko' AND members.last_name = 'Mori' ORDER BY loans.loan_date ASC;

-- When did the member 'Keiko' 'Mori' borrow something? Loan dates, earliest first.
SELECT loans.loan_date FROM loans JOIN members ON loans.member_id = members.member_id WHERE members.first_name = 'Keiko' AND members.last_name = 'Mori' ORDER BY loans.loan_date ASC;

-- How many titles does each subject have? Subject name and count, biggest first.
SELECT subjects.subject_name, COUNT(*) FROM subjects JOIN title_subjects ON subjects.subject_id = title_subjects.subject_id GROUP BY subjects.subject_id ORDER BY COUNT(*) DESC;

-- Which last names are shared by more than one member?
SELECT last_name FROM members GROUP BY last_name HAVING COUNT(*) > 1;

-- Show all unpaid fines (no paid date) with fine id, amount and the loan date of the loan.
SELECT fines.fine_id, fines.amount, loans.loan_date FROM fines JOIN loans ON fines.loan_id = loans.loan_id WHERE fines.paid_date IS NULL;

-- For each known condition, how many copies are there?
SELECT condition, COUNT(*) FROM copies WHERE condition IS NOT NULL GROUP BY condition;

-- Which copy has been lent out most often? Return its copy id.
SELECT copy_id FROM loans GROUP BY copy_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Give the id of the copy with the most loans.
SELECT copy_id FROM loans GROUP BY copy_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Of the members with a home branch, how many has each branch? Show the branch name and the count for branches with 3 or more.
SELECT branches.branch_name, COUNT(*) FROM branches JOIN members ON branches.branch_id = members.home_branch_id GROUP BY branches.branch_id HAVING COUNT(*) >= 3;

-- What are the different first names of people who got a fine for 'damage'?
SELECT DISTINCT members.first_name FROM members JOIN loans ON members.member_id = loans.member_id JOIN fines ON loans.loan_id = fines.loan_id WHERE fines.reason = 'damage';

-- Show branch names and floor areas of the three largest branches.
SELECT branch_name, floor_area FROM branches ORDER BY floor_area DESC LIMIT 3;

-- How many copies at the 'Central' branch were acquired before 2005?
SELECT COUNT(*) FROM copies JOIN branches ON copies.branch_id = branches.branch_id WHERE branches.branch_name = 'Central' AND copies.acquired < '2005-01-01';

-- Which titles do we have no copy of?
SELECT title FROM titles WHERE title_id NOT IN (SELECT title_id FROM copies);

-- Are there titles without any copy? List them.
SELECT title FROM titles WHERE title_id NOT IN (SELECT title_id FROM copies);

-- List first and last names of members who never borrowed anything.
SELECT first_name, last_name FROM members WHERE member_id NOT IN (SELECT member_id FROM loans);

-- Which branches are larger than the average branch? Names, please.
SELECT branch_name FROM branches WHERE floor_area > (SELECT AVG(floor_area) FROM branches);

-- How many loans never led to a fine?
SELECT COUNT(*) FROM loans WHERE loan_id NOT IN (SELECT loan_id FROM fines);

-- Which title ids are stocked at both branch 1 and branch 2?
SELECT title_id FROM copies WHERE branch_id = 1 INTERSECT SELECT title_id FROM copies WHERE branch_id = 2;

-- Find the names of branches that have no copies and are nobody's home branch.
SELECT branch_name FROM branches WHERE branch_id NOT IN (SELECT branch_id FROM copies) AND branch_id NOT IN (SELECT home_branch_id FROM members WHERE home_branch_id IS NOT NULL);

-- What are the titles filed under 'Fiction' that are in 'English' and came out after 2000?
SELECT titles.title FROM titles JOIN title_subjects ON titles.title_id = title_subjects.title_id JOIN subjects ON title_subjects.subject_id = subjects.subject_id WHERE subjects.subject_name = 'Fiction' AND titles.language = 'English' AND titles.publication_year > 2000;

-- Which subjects have no titles at all?
SELECT subject_name FROM subjects WHERE subject_id NOT IN (SELECT subject_id FROM title_subjects);

-- Show the ids of members who are of type 'adult' but have not made any loan in 2022.
SELECT member_id FROM members WHERE membership_type = 'adult' EXCEPT SELECT member_id FROM loans WHERE loan_date BETWEEN '2022-01-01' AND '2022-12-31';

-- List the fine ids and amounts of fines above the average fine.
SELECT fine_id, amount FROM fines WHERE amount > (SELECT AVG(amount) FROM fines);

-- What titles are either in 'German' or have a minimum age below 5? Use the title only, each one once.
SELECT title FROM titles WHERE language = 'German' UNION SELECT title FROM titles WHERE min_age < 5;

-- Find the last names of 'child' members who borrowed a copy held at 'Central'; each name only once, so distinct.
SELECT DISTINCT members.last_name FROM members JOIN loans ON members.member_id = loans.member_id JOIN copies ON loans.copy_id = copies.copy_id JOIN branches ON copies.branch_id = branches.branch_id WHERE members.membership_type = 'child' AND branches.branch_name = 'Central';

-- Who has paid or still owes the most in fines in total? First name, last name and the total amount.
SELECT members.first_name, members.last_name, SUM(fines.amount) FROM members JOIN loans ON members.member_id = loans.member_id JOIN fines ON loans.loan_id = fines.loan_id GROUP BY members.member_id ORDER BY SUM(fines.amount) DESC LIMIT 1;

-- Which member has the highest sum of fines? Show first and last name plus the sum.
SELECT members.first_name, members.last_name, SUM(fines.amount) FROM members JOIN loans ON members.member_id = loans.member_id JOIN fines ON loans.loan_id = fines.loan_id GROUP BY members.member_id ORDER BY SUM(fines.amount) DESC LIMIT 1;

-- Which title was borrowed the most times, and how many times?
SELECT titles.title, COUNT(*) FROM titles JOIN copies ON titles.title_id = copies.title_id JOIN loans ON copies.copy_id = loans.copy_id GROUP BY titles.title_id ORDER BY COUNT(*) DESC LIMIT 1;

-- For each branch name, how many loans were made of its copies? Keep branches with at least 2 loans and put the busiest at the top.
SELECT branches.branch_name, COUNT(*) FROM branches JOIN copies ON branches.branch_id = copies.branch_id JOIN loans ON copies.copy_id = loans.copy_id GROUP BY branches.branch_id HAVING COUNT(*) >= 2 ORDER BY COUNT(*) DESC;

-- Titles that carry both the subject 'Fiction' and the subject 'Mystery'?
SELECT titles.title FROM titles JOIN title_subjects ON titles.title_id = title_subjects.title_id JOIN subjects ON title_subjects.subject_id = subjects.subject_id WHERE subjects.subject_name = 'Fiction' INTERSECT SELECT titles.title FROM titles JOIN title_subjects ON titles.title_id = title_subjects.title_id JOIN subjects ON title_subjects.subject_id = subjects.subject_id WHERE subjects.subject_name = 'Mystery';

-- Show the names of subjects with more than two titles published after 1995.
SELECT subjects.subject_name FROM subjects JOIN title_subjects ON subjects.subject_id = title_subjects.subject_id JOIN titles ON title_subjects.title_id = titles.title_id WHERE titles.publication_year > 1995 GROUP BY subjects.subject_id HAVING COUNT(*) > 2;

-- How many different titles has 'Agnes' 'Thornbury' taken home?
SELECT COUNT(DISTINCT copies.title_id) FROM copies JOIN loans ON copies.copy_id = loans.copy_id JOIN members ON loans.member_id = members.member_id WHERE members.first_name = 'Agnes' AND members.last_name = 'Thornbury';

-- Which authors have been borrowed by 'senior' members but never by 'child' members?
SELECT titles.author FROM titles JOIN copies ON titles.title_id = copies.title_id JOIN loans ON copies.copy_id = loans.copy_id JOIN members ON loans.member_id = members.member_id WHERE members.membership_type = 'senior' EXCEPT SELECT titles.author FROM titles JOIN copies ON titles.title_id = copies.title_id JOIN loans ON copies.copy_id = loans.copy_id JOIN members ON loans.member_id = members.member_id WHERE members.membership_type = 'child';
