-- The first version: fewer tables and columns. The positions count UTF-16 units, as Qt does.
CREATE TABLE project (databaseversion text, date text, memo text, about text);
INSERT INTO project VALUES ('v1', '2019-03-01 08:00:00', '', 'QualCoder 1.1');
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text, unique(name));
INSERT INTO source VALUES (1, 'chat', '👩 says: we demand lower fees. 👩 leaves.', NULL, '', 'default', '2019-03-01 09:00:00');
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer, unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text, unique(name));
INSERT INTO code_name VALUES (1, 'demand', '', NULL, 'default', '', '#00FF00');
CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text, unique(cid,fid,pos0,pos1,owner));
INSERT INTO code_text VALUES (1, 1, 'we demand', 9, 18, 'default', '2019-03-02 10:00:00', '');
INSERT INTO code_text VALUES (1, 1, 'leaves', 34, 40, 'default', '2019-03-02 10:00:00', '');
