-- What somebody wants to hear of a hospital: lines, with commas between them;
-- null for everything. What was asked for holds once they answer the code.
alter table subscriptions add column services text;
alter table subscriptions add column services_asked text;
