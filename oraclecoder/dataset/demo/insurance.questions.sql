-- How many policies are in the database?
SELECT COUNT(*) FROM Policies;

-- List the full names and cities of all holders.
SELECT FullName, City FROM Holders;

-- Which holders live in Bremen?
SELECT FullName FROM Holders WHERE City = 'Bremen';

-- How many claims were rejected?
SELECT COUNT(*) FROM Claims WHERE Status = 'rejected';

-- Tell me the number of claims with the status rejected.
SELECT COUNT(*) FROM Claims WHERE Status = 'rejected';

-- Show the policy numbers of policies without an end date.
SELECT PolicyNumber FROM Policies WHERE EndDate IS NULL;

-- What different causes have been given for claims?
SELECT DISTINCT Cause FROM Claims;

-- What is the average annual premium of an auto policy?
SELECT AVG(AnnualPremium) FROM Policies WHERE Branch = 'auto';

-- Give the names and base rates of the coverage types in the travel branch.
SELECT CoverageName, BaseRate FROM CoverageTypes WHERE Branch = 'travel';

-- Which adjusters have more than 10 years of experience? Names only.
SELECT FullName FROM Adjusters WHERE YearsExperience > 10;

-- How many holders do not have an occupation on file?
SELECT COUNT(*) FROM Holders WHERE Occupation IS NULL;

-- Show date, cause and amount of the claims for more than 10000.
SELECT ClaimDate, Cause, AmountClaimed FROM Claims WHERE AmountClaimed > 10000;

-- What did the claims above 10000 look like? I want the claim date, the cause and the amount claimed.
SELECT ClaimDate, Cause, AmountClaimed FROM Claims WHERE AmountClaimed > 10000;

-- Which payments were made between 2022-01-01 and 2022-06-30? Give date and amount.
SELECT PaidOn, Amount FROM Payments WHERE PaidOn BETWEEN '2022-01-01' AND '2022-06-30';

-- How much money has been paid out on claims in total?
SELECT SUM(Amount) FROM Payments;

-- What are the lowest and highest salary among adjusters?
SELECT MIN(Salary), MAX(Salary) FROM Adjusters;

-- In how many different cities do our holders live?
SELECT COUNT(DISTINCT City) FROM Holders;

-- Find the full names of holders whose occupation contains the word driver.
SELECT FullName FROM Holders WHERE Occupation LIKE '%driver%';

-- Which claims have not been given to an adjuster yet? Show claim date and cause.
SELECT ClaimDate, Cause FROM Claims WHERE AdjusterId IS NULL;

-- Who has been a customer since 1994?
SELECT FullName FROM Holders WHERE CustomerSince = 1994;

-- Show the policy number and annual premium of home policies that cost more than 500 a year.
SELECT PolicyNumber, AnnualPremium FROM Policies WHERE Branch = 'home' AND AnnualPremium > 500;

-- Names and regions of the adjusters working in the North or the East?
SELECT FullName, Region FROM Adjusters WHERE Region = 'North' OR Region = 'East';

-- How many policies does each branch have?
SELECT Branch, COUNT(*) FROM Policies GROUP BY Branch;

-- Count the holders per city.
SELECT City, COUNT(*) FROM Holders GROUP BY City;

-- How are the holders spread over the cities? City and number of holders.
SELECT City, COUNT(*) FROM Holders GROUP BY City;

-- Show each claim status with the total amount claimed.
SELECT Status, SUM(AmountClaimed) FROM Claims GROUP BY Status;

-- Which policy has the highest annual premium? Give its number.
SELECT PolicyNumber FROM Policies ORDER BY AnnualPremium DESC LIMIT 1;

-- Who is the oldest holder?
SELECT FullName FROM Holders ORDER BY BirthDate LIMIT 1;

-- Name the holder with the earliest birth date.
SELECT FullName FROM Holders ORDER BY BirthDate LIMIT 1;

-- List every policy number with the name of its holder.
SELECT Policies.PolicyNumber, Holders.FullName FROM Policies JOIN Holders ON Policies.HolderId = Holders.HolderId;

-- What policies does Anja Feddersen hold? Show policy number and branch.
SELECT Policies.PolicyNumber, Policies.Branch FROM Policies JOIN Holders ON Policies.HolderId = Holders.HolderId WHERE Holders.FullName = 'Anja Feddersen';

-- How many policies does each holder have? Name and number.
SELECT Holders.FullName, COUNT(*) FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId GROUP BY Holders.HolderId;

-- Which holders have two or more policies?
SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId GROUP BY Holders.HolderId HAVING COUNT(*) >= 2;

-- What causes lie behind at least three claims?
SELECT Cause FROM Claims GROUP BY Cause HAVING COUNT(*) >= 3;

-- Find the most common cause of claims.
SELECT Cause FROM Claims GROUP BY Cause ORDER BY COUNT(*) DESC LIMIT 1;

-- Which adjuster has handled the most claims?
SELECT Adjusters.FullName FROM Adjusters JOIN Claims ON Adjusters.AdjusterId = Claims.AdjusterId GROUP BY Adjusters.AdjusterId ORDER BY COUNT(*) DESC LIMIT 1;

-- Who is the busiest adjuster by number of claims?
SELECT Adjusters.FullName FROM Adjusters JOIN Claims ON Adjusters.AdjusterId = Claims.AdjusterId GROUP BY Adjusters.AdjusterId ORDER BY COUNT(*) DESC LIMIT 1;

-- For each region, show the average salary and the number of adjusters.
SELECT Region, AVG(Salary), COUNT(*) FROM Adjusters GROUP BY Region;

-- Show the claim dates and causes of the claims handled by Dario Conti.
SELECT Claims.ClaimDate, Claims.Cause FROM Claims JOIN Adjusters ON Claims.AdjusterId = Adjusters.AdjusterId WHERE Adjusters.FullName = 'Dario Conti';

-- Give the total amount paid for each cause of claim.
SELECT Claims.Cause, SUM(Payments.Amount) FROM Claims JOIN Payments ON Claims.ClaimId = Payments.ClaimId GROUP BY Claims.Cause;

-- Which coverage names are part of the policy H-2002?
SELECT CoverageTypes.CoverageName FROM CoverageTypes JOIN PolicyCoverages ON CoverageTypes.CoverageId = PolicyCoverages.CoverageId JOIN Policies ON PolicyCoverages.PolicyId = Policies.PolicyId WHERE Policies.PolicyNumber = 'H-2002';

-- What does policy H-2002 cover? List the coverage names.
SELECT CoverageTypes.CoverageName FROM CoverageTypes JOIN PolicyCoverages ON CoverageTypes.CoverageId = PolicyCoverages.CoverageId JOIN Policies ON PolicyCoverages.PolicyId = Policies.PolicyId WHERE Policies.PolicyNumber = 'H-2002';

-- How many policies include each coverage? Show the coverage name and the count.
SELECT CoverageTypes.CoverageName, COUNT(*) FROM CoverageTypes JOIN PolicyCoverages ON CoverageTypes.CoverageId = PolicyCoverages.CoverageId GROUP BY CoverageTypes.CoverageId;

-- What is the average insured sum for fire coverage?
SELECT AVG(PolicyCoverages.InsuredSum) FROM PolicyCoverages JOIN CoverageTypes ON PolicyCoverages.CoverageId = CoverageTypes.CoverageId WHERE CoverageTypes.CoverageName = 'fire';

-- List the three largest claims by amount claimed, with cause and amount.
SELECT Cause, AmountClaimed FROM Claims ORDER BY AmountClaimed DESC LIMIT 3;

-- What is the total annual premium of each holder, from the biggest payer to the smallest? Name and sum.
SELECT Holders.FullName, SUM(Policies.AnnualPremium) FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId GROUP BY Holders.HolderId ORDER BY SUM(Policies.AnnualPremium) DESC;

-- Which payment methods were used more than twice?
SELECT Method FROM Payments GROUP BY Method HAVING COUNT(*) > 2;

-- Show the different cities where holders of travel policies live.
SELECT DISTINCT Holders.City FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId WHERE Policies.Branch = 'travel';

-- How many claims were filed under policies of each branch?
SELECT Policies.Branch, COUNT(*) FROM Policies JOIN Claims ON Policies.PolicyId = Claims.PolicyId GROUP BY Policies.Branch;

-- Order the open claims by date, the newest first, and give date, cause and amount.
SELECT ClaimDate, Cause, AmountClaimed FROM Claims WHERE Status = 'open' ORDER BY ClaimDate DESC;

-- What is the highest deductible for each coverage name? Skip coverages where no deductible is given.
SELECT CoverageTypes.CoverageName, MAX(PolicyCoverages.Deductible) FROM CoverageTypes JOIN PolicyCoverages ON CoverageTypes.CoverageId = PolicyCoverages.CoverageId WHERE PolicyCoverages.Deductible IS NOT NULL GROUP BY CoverageTypes.CoverageId;

-- When did the claim with the cause kitchen fire happen, and what is the policy number?
SELECT Claims.ClaimDate, Policies.PolicyNumber FROM Claims JOIN Policies ON Claims.PolicyId = Policies.PolicyId WHERE Claims.Cause = 'kitchen fire';

-- Which holders have no auto policy?
SELECT FullName FROM Holders WHERE HolderId NOT IN (SELECT HolderId FROM Policies WHERE Branch = 'auto');

-- Give the names of the holders who do not insure a car with us, i.e. without any policy in the auto branch.
SELECT FullName FROM Holders WHERE HolderId NOT IN (SELECT HolderId FROM Policies WHERE Branch = 'auto');

-- Which policies have never had a claim? Show their numbers.
SELECT PolicyNumber FROM Policies WHERE PolicyId NOT IN (SELECT PolicyId FROM Claims);

-- Name the adjusters who have not handled a single claim.
SELECT FullName FROM Adjusters WHERE AdjusterId NOT IN (SELECT AdjusterId FROM Claims WHERE AdjusterId IS NOT NULL);

-- Which claims asked for more than the average amount? List date and amount claimed.
SELECT ClaimDate, AmountClaimed FROM Claims WHERE AmountClaimed > (SELECT AVG(AmountClaimed) FROM Claims);

-- Which holders have both a home policy and an auto policy?
SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId WHERE Policies.Branch = 'home' INTERSECT SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId WHERE Policies.Branch = 'auto';

-- Are there causes that show up among paid claims but not among rejected ones? List them.
SELECT Cause FROM Claims WHERE Status = 'paid' EXCEPT SELECT Cause FROM Claims WHERE Status = 'rejected';

-- Which occupations are found among holders from Kiel or among those who joined in 2015 or later? Leave out unknown occupations.
SELECT Occupation FROM Holders WHERE City = 'Kiel' AND Occupation IS NOT NULL UNION SELECT Occupation FROM Holders WHERE CustomerSince >= 2015 AND Occupation IS NOT NULL;

-- Find adjusters who earn less than the average salary but have at least 5 years of experience. Name and salary.
SELECT FullName, Salary FROM Adjusters WHERE Salary < (SELECT AVG(Salary) FROM Adjusters) AND YearsExperience >= 5;

-- Show policy number and start date of auto policies held by people in Bremen or Hanover and started after 2015-12-31.
SELECT Policies.PolicyNumber, Policies.StartDate FROM Policies JOIN Holders ON Policies.HolderId = Holders.HolderId WHERE Policies.Branch = 'auto' AND Holders.City IN ('Bremen', 'Hanover') AND Policies.StartDate > '2015-12-31';

-- Which paid claims were settled by cheque? Give claim date and cause of each.
SELECT ClaimDate, Cause FROM Claims WHERE Status = 'paid' AND ClaimId IN (SELECT ClaimId FROM Payments WHERE Method = 'cheque');

-- Which coverage names are not used in any policy with an annual premium below 500?
SELECT CoverageName FROM CoverageTypes WHERE CoverageId NOT IN (SELECT PolicyCoverages.CoverageId FROM PolicyCoverages JOIN Policies ON PolicyCoverages.PolicyId = Policies.PolicyId WHERE Policies.AnnualPremium < 500);

-- In which cities do holders have an icy road claim as well as a burst pipe claim?
SELECT Holders.City FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId WHERE Claims.Cause = 'icy road' INTERSECT SELECT Holders.City FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId WHERE Claims.Cause = 'burst pipe';

-- Which holder has received the largest sum of payments?
SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId JOIN Payments ON Claims.ClaimId = Payments.ClaimId GROUP BY Holders.HolderId ORDER BY SUM(Payments.Amount) DESC LIMIT 1;

-- To whom did we pay the most money altogether? Name the holder.
SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId JOIN Payments ON Claims.ClaimId = Payments.ClaimId GROUP BY Holders.HolderId ORDER BY SUM(Payments.Amount) DESC LIMIT 1;

-- For each city with more than three claims, give the city and the number of claims.
SELECT Holders.City, COUNT(*) FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId GROUP BY Holders.City HAVING COUNT(*) > 3;

-- How much has each adjuster paid out through claims? Show name and total, highest total first.
SELECT Adjusters.FullName, SUM(Payments.Amount) FROM Adjusters JOIN Claims ON Adjusters.AdjusterId = Claims.AdjusterId JOIN Payments ON Claims.ClaimId = Payments.ClaimId GROUP BY Adjusters.AdjusterId ORDER BY SUM(Payments.Amount) DESC;

-- Which claims were paid in more than one instalment? Give cause, policy number and number of payments.
SELECT Claims.Cause, Policies.PolicyNumber, COUNT(*) FROM Claims JOIN Policies ON Claims.PolicyId = Policies.PolicyId JOIN Payments ON Claims.ClaimId = Payments.ClaimId GROUP BY Claims.ClaimId HAVING COUNT(*) > 1;

-- Which branches have an average claim above the average of all claims?
SELECT Policies.Branch FROM Policies JOIN Claims ON Policies.PolicyId = Claims.PolicyId GROUP BY Policies.Branch HAVING AVG(Claims.AmountClaimed) > (SELECT AVG(AmountClaimed) FROM Claims);

-- Find the holders who had a claim paid but never had one rejected.
SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId WHERE Claims.Status = 'paid' EXCEPT SELECT Holders.FullName FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN Claims ON Policies.PolicyId = Claims.PolicyId WHERE Claims.Status = 'rejected';

-- Among holders with at least two coverages over all their policies, who has the highest total insured sum? Name and sum.
SELECT Holders.FullName, SUM(PolicyCoverages.InsuredSum) FROM Holders JOIN Policies ON Holders.HolderId = Policies.HolderId JOIN PolicyCoverages ON Policies.PolicyId = PolicyCoverages.PolicyId GROUP BY Holders.HolderId HAVING COUNT(*) >= 2 ORDER BY SUM(PolicyCoverages.InsuredSum) DESC LIMIT 1;

-- How many different holders have made a claim for each cause that occurred at least twice? Show cause and number of holders.
SELECT Claims.Cause, COUNT(DISTINCT Policies.HolderId) FROM Claims JOIN Policies ON Claims.PolicyId = Policies.PolicyId GROUP BY Claims.Cause HAVING COUNT(*) >= 2;
