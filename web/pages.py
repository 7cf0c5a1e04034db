"""Every module with addresses, in the order in which they are registered."""

from __future__ import annotations

from web.api import places_routes, plan_routes, routes, time_routes
from web.audit import checkpoints
from web.audit import pages as audit_pages
from web.authorities import (
    call_week,
    compare,
    correcting,
    disagreements,
    documents,
    elements,
    entry,
    findings,
    focused_visits,
    identity,
    letters,
    paragraphs,
    recording,
    searched,
    sources,
)
from web.authorities import pages as authorities_pages
from web.authorities.briefing import pages as briefing
from web.compared import pages as compared_pages
from web.compared import regions as compared_regions
from web.compared import windows as compared_windows
from web.demonstration import pages as demonstration_pages
from web.duties import pages as duties_pages
from web.files import pages as files_pages
from web.meetings import command_pages as meetings_command_pages
from web.meetings import pages as meetings_pages
from web.my_work import pages as my_work_pages
from web.news import feeds as news_feeds
from web.news import follow
from web.outlook import calendar_feeds, forecasts, planner, visit_forecasts, what_if
from web.outlook import pages as outlook_pages
from web.people import own_account, signing_in
from web.people import pages as people_pages
from web.places import pages as places_pages
from web.places import waiting_pages
from web.plans import command_pages as plans_command_pages
from web.plans import due, publishing
from web.plans import pages as plans_pages
from web.plans.committee_paper import pages as committee_paper
from web.plans.spreadsheet import pages as spreadsheet
from web.plans.updates import pages as updates_pages
from web.questions import command_pages as questions_command_pages
from web.questions import pages as questions_pages
from web.site import about, moved
from web.start import pages as start_pages

BLUEPRINTS = tuple(
    module.bp
    for module in (
        start_pages,
        authorities_pages,
        searched,
        entry,
        elements,
        outlook_pages,
        compared_pages,
        compared_windows,
        compared_regions,
        call_week,
        briefing,
        plans_pages,
        my_work_pages,
        publishing,
        planner,
        disagreements,
        calendar_feeds,
        news_feeds,
        follow,
        forecasts,
        visit_forecasts,
        due,
        questions_pages,
        questions_command_pages,
        findings,
        focused_visits,
        paragraphs,
        recording,
        identity,
        documents,
        plans_command_pages,
        updates_pages,
        duties_pages,
        what_if,
        letters,
        meetings_pages,
        meetings_command_pages,
        signing_in,
        demonstration_pages,
        own_account,
        people_pages,
        files_pages,
        waiting_pages,
        places_pages,
        committee_paper,
        audit_pages,
        checkpoints,
        spreadsheet,
        about,
        moved,
        routes,
        plan_routes,
        compare,
        correcting,
        sources,
        time_routes,
        places_routes,
    )
)
