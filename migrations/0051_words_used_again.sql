-- When the words of something that was refused were used again.
alter table proposals add column used_again_at timestamptz;
