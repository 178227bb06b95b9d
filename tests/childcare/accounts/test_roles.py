"""The grants as a table, and who may grant what."""

import pytest

from childcare.accounts.roles import GRANTS, ROLE_UNITS, Permission, Role, may_grant

P = Permission
WHO = {
    P.CHILD_EDIT: {Role.COMMUNE},
    P.CHILD_IMPORT: {Role.COMMUNE},
    P.PUPIL_MANAGE: {Role.SCHOOL},
    P.PLAN_EDIT: {Role.COMMUNE, Role.DISTRICT, Role.PROVINCE, Role.SCHOOL},
    P.REPORT_SIGN: {Role.COMMUNE_LEADER, Role.OFFICE_LEADER, Role.DISTRICT_LEADER},
    P.ACCOUNT_MANAGE: {Role.COMMUNE, Role.DISTRICT, Role.PROVINCE, Role.ADMIN},
    P.AUDIT_VIEW: {Role.COMMUNE_LEADER, Role.OFFICE_LEADER, Role.INSPECTOR, Role.ADMIN},
    P.SETTINGS: {Role.ADMIN},
}


@pytest.mark.parametrize(("permission", "roles"), WHO.items())
def test_a_permission_belongs_to_these_roles_and_no_other(permission, roles):
    assert {role for role, granted in GRANTS.items() if permission in granted} == roles


def test_every_role_has_its_grants_and_its_kinds_of_unit():
    assert set(GRANTS) == set(ROLE_UNITS) == set(Role)


def test_the_administrator_configures_and_sees_no_child():
    assert GRANTS[Role.ADMIN] == {P.SETTINGS, P.ACCOUNT_MANAGE, P.AUDIT_VIEW}


BESIDE = {  # in his own unit
    Role.COMMUNE: {Role.COLLABORATOR, Role.CLERK, Role.SOCIAL_WORKER},
    Role.DISTRICT: {Role.CLERK},
    Role.PROVINCE: {Role.CLERK},
}


@pytest.mark.parametrize("own", list(BESIDE))
def test_nobody_makes_his_equal_or_his_superior_in_his_own_unit(own):
    granted = {role for role in Role if may_grant(own, role, below=False)}
    assert BESIDE[own] <= granted
    assert own not in granted and Role.ADMIN not in granted
    assert all(GRANTS[role] < GRANTS[own] for role in granted)


@pytest.mark.parametrize("own", list(BESIDE))
def test_below_his_unit_he_grants_every_role_but_the_administrators(own):
    assert {role for role in Role if may_grant(own, role, below=True)} == set(Role) - {Role.ADMIN}


@pytest.mark.parametrize("role", [Role.COLLABORATOR, Role.COMMUNE_LEADER, Role.OFFICE_LEADER, Role.INSPECTOR, Role.CLERK])
def test_a_role_that_manages_no_accounts_grants_nothing(role):
    assert not any(may_grant(role, other, below=True) for other in Role)


def test_the_administrator_grants_everything():
    assert all(may_grant(Role.ADMIN, role, below=below) for role in Role for below in (True, False))
