"""Gives what schemathesis makes up a chance to succeed: names that are not taken, and members that exist."""

import itertools
import os
import uuid

import schemathesis

USER = os.environ["SCIM_USER_ID"]
NAMES = {"/Users": "userName", "/Users/{id}": "userName", "/Me": "userName", "/Groups": "displayName", "/Groups/{id}": "displayName"}

numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, **kwargs):
    number = next(numbers)
    if isinstance(case.body, dict) and case.method in ("POST", "PUT"):
        make_unique(case.body, NAMES.get(case.path), number)
        if number % 2:
            point_at_user(case.body.get("members"))
    if case.method == "DELETE" and case.path_parameters and case.path_parameters.get("id") == USER:
        case.path_parameters["id"] = str(uuid.UUID(int=number))


def make_unique(body, name, number):
    """Leaves alone what is wrong on purpose: another type, a blank, a text that is too long."""
    value = body.get(name)
    if isinstance(value, str) and value.strip() and len(value) < 200:
        body[name] = f"{value} {number}"


def point_at_user(members):
    for member in members if isinstance(members, list) else []:
        if isinstance(member, dict) and isinstance(member.get("value"), str) and member["value"].strip():
            member["value"] = USER
