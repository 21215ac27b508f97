-- One index that answers table 三 alone, in place of three: what a year received, what it closed and what spans years
-- are stretches of it. Each request is written into two indexes less, and a request that was received and closed
-- in one year is counted once.
DROP INDEX request_new;
DROP INDEX request_closed;
DROP INDEX request_spanning;
CREATE INDEX request_years ON request (received_year, closed_year, unit_id, applicant, outcome);
