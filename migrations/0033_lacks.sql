-- Services that an organisation does not have: lines, with commas between them.
alter table organisations add column lacks text not null default '';
