-- The database and the roles of one service. Run by psql as administrator, as often as you like:
--
--   KIM_OWNER_PASSWORD=… KIM_APP_PASSWORD=… KIM_RELAY_PASSWORD=… \
--     psql --set=service=cases --set=database=kim_cases --file=deploy/postgres/roles.sql
--
-- kim_<service>_owner       owns database and tables; migrations only
-- kim_<service>_app         the HTTP process; owns nothing, row-level security binds it
-- kim_<service>_relay       the worker; likewise
-- kim_<service>_statistics  nobody logs in as it; owns the reviewed functions that count across
--                           units, so that they see more than their callers
--
-- Passwords come by environment, never by argument: arguments are visible to every user.

\set ON_ERROR_STOP on
\getenv owner_password KIM_OWNER_PASSWORD
\getenv app_password KIM_APP_PASSWORD
\getenv relay_password KIM_RELAY_PASSWORD

select 'kim_' || :'service' || '_owner' as owner, 'kim_' || :'service' || '_app' as app,
       'kim_' || :'service' || '_relay' as relay,
       'kim_' || :'service' || '_statistics' as statistics
\gset

-- One at a time: two at once would change the same role. The lock falls with this session.
select pg_advisory_lock(hashtext('kim-roles'))
\gset

-- Passwords must not reach the server's log.
set log_statement = 'none';
set log_min_error_statement = 'panic';

select format('create role %I', name)
from unnest(array[:'owner', :'app', :'relay', :'statistics']) as wanted (name)
where not exists (select from pg_roles where rolname = name)
\gexec

alter role :"owner" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
alter role :"app" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'app_password';
alter role :"relay" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'relay_password';
alter role :"statistics" nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- The owner may hand a function over to `statistics`, but does not act with its rights.
grant :"statistics" to :"owner" with inherit false, set true, admin false;

select format('create database %I owner %I', :'database', :'owner')
where not exists (select from pg_database where datname = :'database')
\gexec

alter database :"database" owner to :"owner";
revoke all on database :"database" from public;
-- Nobody but the administrator has business in the database that every cluster begins with.
revoke connect on database postgres from public;
grant connect on database :"database" to :"app", :"relay", :"owner";

\connect :"database"
-- Nobody but the owner creates anything; what the others may use the migrations say.
revoke all on schema public from public;
-- Large objects know no row-level security: nobody makes any.
revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea) from public;
grant usage, create on schema public to :"owner";
grant create on schema public to :"statistics";
grant usage on schema public to :"app", :"relay", :"statistics";
