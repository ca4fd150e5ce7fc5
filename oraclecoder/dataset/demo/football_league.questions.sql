-- How many clubs were founded before 1900?
SELECT COUNT(*) FROM club WHERE yr_founded < 1900;

-- Count the clubs with a founding year earlier than 1900.
SELECT COUNT(*) FROM club WHERE yr_founded < 1900;

-- Who coaches Haldon United?
SELECT coach FROM club WHERE name = 'Haldon United';

-- Give the name of the coach in charge of Haldon United.
SELECT coach FROM club WHERE name = 'Haldon United';

-- Which club is without a coach?
SELECT name FROM club WHERE coach IS NULL;

-- Show the short name and year of foundation of each club.
SELECT short_nm, yr_founded FROM club;

-- What is the capacity of the stadium called Regent Bowl?
SELECT capac FROM stadium WHERE name = 'Regent Bowl';

-- List the names and cities of the stadiums with a grass surface.
SELECT name, city FROM stadium WHERE surf = 'grass';

-- Which different surfaces do the stadiums have?
SELECT DISTINCT surf FROM stadium;

-- What stadiums hold between 15000 and 30000 people? Names only.
SELECT name FROM stadium WHERE capac BETWEEN 15000 AND 30000;

-- How many players are forwards (position FW)?
SELECT COUNT(*) FROM player WHERE pos = 'FW';

-- Name the goalkeepers, i.e. the players in position GK.
SELECT name FROM player WHERE pos = 'GK';

-- Which players come from Brazil? Show name and date of birth.
SELECT name, dob FROM player WHERE nat = 'Brazil';

-- What's the average market value of the players, in millions?
SELECT AVG(mkt_val_m) FROM player;

-- Find the players whose height is not recorded.
SELECT name FROM player WHERE ht_cm IS NULL;

-- How tall are the shortest and the tallest player, in cm?
SELECT MIN(ht_cm), MAX(ht_cm) FROM player;

-- How many distinct nationalities do the players have?
SELECT COUNT(DISTINCT nat) FROM player;

-- Tell me the shirt number of Hugo Lacroix.
SELECT shirt_no FROM player WHERE name = 'Hugo Lacroix';

-- How many matches were played in front of more than 30000 people?
SELECT COUNT(*) FROM league_match WHERE att > 30000;

-- Give the number of matches with an attendance above 30000.
SELECT COUNT(*) FROM league_match WHERE att > 30000;

-- On which different dates were matches of round 1 held?
SELECT DISTINCT match_dt FROM league_match WHERE rnd = 1;

-- What is the biggest attendance at a match?
SELECT MAX(att) FROM league_match;

-- How many goals were penalties (kind penalty)?
SELECT COUNT(*) FROM goal WHERE kind = 'penalty';

-- What do all the transfer fees add up to?
SELECT SUM(fee_m) FROM transfer;

-- Which clubs have a name starting with Merrow?
SELECT name FROM club WHERE name LIKE 'Merrow%';

-- Show the sponsors in the finance sector and their headquarters city.
SELECT name, hq_city FROM sponsor WHERE sector = 'finance';

-- How many players play in each position?
SELECT pos, COUNT(*) FROM player GROUP BY pos;

-- For every position, give the number of players.
SELECT pos, COUNT(*) FROM player GROUP BY pos;

-- Which club is the oldest?
SELECT name FROM club ORDER BY yr_founded ASC LIMIT 1;

-- Who is the most valuable player? Show the name and market value.
SELECT name, mkt_val_m FROM player ORDER BY mkt_val_m DESC LIMIT 1;

-- What are the name and the value of the player with the highest market value?
SELECT name, mkt_val_m FROM player ORDER BY mkt_val_m DESC LIMIT 1;

-- List the three youngest players, the youngest first.
SELECT name FROM player ORDER BY dob DESC LIMIT 3;

-- Which nationalities are shared by at least two players?
SELECT nat FROM player GROUP BY nat HAVING COUNT(*) >= 2;

-- For each round, show the round, the number of matches and the average attendance.
SELECT rnd, COUNT(*), AVG(att) FROM league_match GROUP BY rnd;

-- Show the name of every club next to the name of its stadium.
SELECT club.name, stadium.name FROM club JOIN stadium ON club.stadium_id = stadium.id;

-- Which clubs play in the city of Haldon?
SELECT club.name FROM club JOIN stadium ON club.stadium_id = stadium.id WHERE stadium.city = 'Haldon';

-- What clubs have their stadium in Haldon?
SELECT club.name FROM club JOIN stadium ON club.stadium_id = stadium.id WHERE stadium.city = 'Haldon';

-- List the names and positions of the Merrow Rovers players.
SELECT player.name, player.pos FROM player JOIN club ON player.club_id = club.id WHERE club.name = 'Merrow Rovers';

-- For each club, what is the total market value of its players?
SELECT club.name, SUM(player.mkt_val_m) FROM club JOIN player ON club.id = player.club_id GROUP BY club.id;

-- Which club has the squad with the highest total market value?
SELECT club.name FROM club JOIN player ON club.id = player.club_id GROUP BY club.id ORDER BY SUM(player.mkt_val_m) DESC LIMIT 1;

-- Who scored the most goals?
SELECT player.name FROM player JOIN goal ON player.id = goal.player_id GROUP BY player.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the top scorer of the league, the player with the largest number of goals.
SELECT player.name FROM player JOIN goal ON player.id = goal.player_id GROUP BY player.id ORDER BY COUNT(*) DESC LIMIT 1;

-- List the players with three or more goals and how many each one scored.
SELECT player.name, COUNT(*) FROM player JOIN goal ON player.id = goal.player_id GROUP BY player.id HAVING COUNT(*) >= 3;

-- In which minutes did Samba Toure score?
SELECT goal.goal_min FROM goal JOIN player ON goal.player_id = player.id WHERE player.name = 'Samba Toure';

-- How many goals of each kind have there been?
SELECT kind, COUNT(*) FROM goal GROUP BY kind;

-- Which kind of goal is the most common?
SELECT kind FROM goal GROUP BY kind ORDER BY COUNT(*) DESC LIMIT 1;

-- How many home matches has each club hosted? Show the club name and the number.
SELECT club.name, COUNT(*) FROM club JOIN league_match ON club.id = league_match.home_id GROUP BY club.id;

-- What is the average attendance at home matches of Merrow City?
SELECT AVG(league_match.att) FROM league_match JOIN club ON league_match.home_id = club.id WHERE club.name = 'Merrow City';

-- Show the date, home goals and away goals of the matches Dunmere Castle played away.
SELECT league_match.match_dt, league_match.home_goals, league_match.away_goals FROM league_match JOIN club ON league_match.away_id = club.id WHERE club.name = 'Dunmere Castle';

-- Which matches drew the largest crowds? Give the id and attendance of the top three, largest first.
SELECT id, att FROM league_match ORDER BY att DESC LIMIT 3;

-- What was the most expensive transfer? Give the player's name and the fee.
SELECT player.name, transfer.fee_m FROM player JOIN transfer ON player.id = transfer.player_id ORDER BY transfer.fee_m DESC LIMIT 1;

-- Which player cost the highest transfer fee, and how much was it?
SELECT player.name, transfer.fee_m FROM player JOIN transfer ON player.id = transfer.player_id ORDER BY transfer.fee_m DESC LIMIT 1;

-- Show the name and transfer date of the players who moved on loan (yes).
SELECT player.name, transfer.transfer_dt FROM player JOIN transfer ON player.id = transfer.player_id WHERE transfer.loan = 'yes';

-- How much has each club spent on incoming transfers? List the club name and total fee, for clubs that spent more than 5 million.
SELECT club.name, SUM(transfer.fee_m) FROM club JOIN transfer ON club.id = transfer.to_club_id GROUP BY club.id HAVING SUM(transfer.fee_m) > 5;

-- Which players were transferred more than once?
SELECT player.name FROM player JOIN transfer ON player.id = transfer.player_id GROUP BY player.id HAVING COUNT(*) > 1;

-- List the sponsors of Merrow City together with the amount each one pays, highest amount first.
SELECT sponsor.name, club_sponsor.amt_m FROM sponsor JOIN club_sponsor ON sponsor.id = club_sponsor.sponsor_id JOIN club ON club_sponsor.club_id = club.id WHERE club.name = 'Merrow City' ORDER BY club_sponsor.amt_m DESC;

-- How many clubs does each sponsor support, counting only sponsors that have a club?
SELECT sponsor.name, COUNT(*) FROM sponsor JOIN club_sponsor ON sponsor.id = club_sponsor.sponsor_id GROUP BY sponsor.id;

-- Which cities have more than one stadium, and what is the total capacity in each?
SELECT city, SUM(capac) FROM stadium GROUP BY city HAVING COUNT(*) > 1;

-- Find the players whose nationality is England or Ireland and whose market value is under 3.
SELECT name FROM player WHERE (nat = 'England' OR nat = 'Ireland') AND mkt_val_m < 3;

-- List the names and heights of defenders (DF), from tallest to shortest, skipping unknown heights.
SELECT name, ht_cm FROM player WHERE pos = 'DF' AND ht_cm IS NOT NULL ORDER BY ht_cm DESC;

-- Which players have not scored any goal?
SELECT name FROM player WHERE id NOT IN (SELECT player_id FROM goal);

-- Show the names of all players who are still without a goal.
SELECT name FROM player WHERE id NOT IN (SELECT player_id FROM goal);

-- Is there a stadium that no club uses? Give its name.
SELECT name FROM stadium WHERE id NOT IN (SELECT stadium_id FROM club WHERE stadium_id IS NOT NULL);

-- Which sponsor does not support any club?
SELECT name FROM sponsor WHERE id NOT IN (SELECT sponsor_id FROM club_sponsor);

-- Which clubs have a bigger budget than the average club? Give name and budget.
SELECT name, budget_m FROM club WHERE budget_m > (SELECT AVG(budget_m) FROM club);

-- Name the clubs, with their budget, that have more money to spend than the average budget.
SELECT name, budget_m FROM club WHERE budget_m > (SELECT AVG(budget_m) FROM club);

-- How many players are taller than the average player?
SELECT COUNT(*) FROM player WHERE ht_cm > (SELECT AVG(ht_cm) FROM player);

-- Show the round and date of the matches that have an attendance on record but no goals.
SELECT rnd, match_dt FROM league_match WHERE att IS NOT NULL AND id NOT IN (SELECT match_id FROM goal);

-- Which nationalities have a forward (FW) and also a midfielder (MF)?
SELECT nat FROM player WHERE pos = 'FW' INTERSECT SELECT nat FROM player WHERE pos = 'MF';

-- List the nationalities that have a defender (DF) but no forward (FW).
SELECT nat FROM player WHERE pos = 'DF' EXCEPT SELECT nat FROM player WHERE pos = 'FW';

-- Which cities are home to a stadium, but not to the headquarters of a sponsor from the food sector?
SELECT city FROM stadium EXCEPT SELECT hq_city FROM sponsor WHERE sector = 'food';

-- Show the names of clubs that sold a player to another club for more than 5 million or whose budget is below 15 million.
SELECT club.name FROM club JOIN transfer ON club.id = transfer.from_club_id WHERE transfer.fee_m > 5 AND transfer.to_club_id IS NOT NULL UNION SELECT club.name FROM club WHERE club.budget_m < 15;

-- Which players are worth more than every player from England? Give their names.
SELECT name FROM player WHERE mkt_val_m > (SELECT MAX(mkt_val_m) FROM player WHERE nat = 'England');

-- What are the names of players older than Marko Delic who scored a header?
SELECT name FROM player WHERE dob < (SELECT dob FROM player WHERE name = 'Marko Delic') AND id IN (SELECT player_id FROM goal WHERE kind = 'header');

-- Show the date, the home club's name and the away club's name for the matches of round 3.
SELECT league_match.match_dt, home.name, away.name FROM league_match JOIN club AS home ON league_match.home_id = home.id JOIN club AS away ON league_match.away_id = away.id WHERE league_match.rnd = 3;

-- Which player moved from Haldon United to Merrow City?
SELECT player.name FROM player JOIN transfer ON player.id = transfer.player_id JOIN club AS seller ON transfer.from_club_id = seller.id JOIN club AS buyer ON transfer.to_club_id = buyer.id WHERE seller.name = 'Haldon United' AND buyer.name = 'Merrow City';

-- How many goals have the players of each club scored? Show the club name and number of goals, for clubs with at least five goals.
SELECT club.name, COUNT(*) FROM club JOIN player ON club.id = player.club_id JOIN goal ON player.id = goal.player_id GROUP BY club.id HAVING COUNT(*) >= 5;

-- Which club's players have scored the most goals?
SELECT club.name FROM club JOIN player ON club.id = player.club_id JOIN goal ON player.id = goal.player_id GROUP BY club.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Tell me the club that leads the goal count, going by the goals of its players.
SELECT club.name FROM club JOIN player ON club.id = player.club_id JOIN goal ON player.id = goal.player_id GROUP BY club.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Which clubs are sponsored both by a firm in finance and by a firm in travel?
SELECT club.name FROM club JOIN club_sponsor ON club.id = club_sponsor.club_id JOIN sponsor ON club_sponsor.sponsor_id = sponsor.id WHERE sponsor.sector = 'finance' INTERSECT SELECT club.name FROM club JOIN club_sponsor ON club.id = club_sponsor.club_id JOIN sponsor ON club_sponsor.sponsor_id = sponsor.id WHERE sponsor.sector = 'travel';

-- Which players of clubs with a hybrid stadium surface have scored from open play but never from a penalty?
SELECT player.name FROM player JOIN club ON player.club_id = club.id JOIN stadium ON club.stadium_id = stadium.id WHERE stadium.surf = 'hybrid' AND player.id IN (SELECT goal.player_id FROM goal WHERE goal.kind = 'open play') AND player.id NOT IN (SELECT goal.player_id FROM goal WHERE goal.kind = 'penalty');

-- For each sponsor sector, what is the total amount paid to clubs? Sort by that total, largest first.
SELECT sponsor.sector, SUM(club_sponsor.amt_m) FROM sponsor JOIN club_sponsor ON sponsor.id = club_sponsor.sponsor_id GROUP BY sponsor.sector ORDER BY SUM(club_sponsor.amt_m) DESC;

-- Which stadium city has seen the highest total attendance over all home matches there?
SELECT stadium.city FROM stadium JOIN club ON stadium.id = club.stadium_id JOIN league_match ON club.id = league_match.home_id GROUP BY stadium.city ORDER BY SUM(league_match.att) DESC LIMIT 1;

-- List the clubs whose players are worth more on average than the average player, with the club's average market value.
SELECT club.name, AVG(player.mkt_val_m) FROM club JOIN player ON club.id = player.club_id GROUP BY club.id HAVING AVG(player.mkt_val_m) > (SELECT AVG(player.mkt_val_m) FROM player);

-- How many different players scored in matches hosted by Merrow City?
SELECT COUNT(DISTINCT goal.player_id) FROM goal JOIN league_match ON goal.match_id = league_match.id JOIN club ON league_match.home_id = club.id WHERE club.name = 'Merrow City';

-- Which two clubs receive the most money from sponsors that joined in or after 2020 (year from)? Give the club and the sum, larger one first.
SELECT club.name, SUM(club_sponsor.amt_m) FROM club JOIN club_sponsor ON club.id = club_sponsor.club_id WHERE club_sponsor.yr_from >= 2020 GROUP BY club.id ORDER BY SUM(club_sponsor.amt_m) DESC LIMIT 2;
