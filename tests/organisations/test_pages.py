"""The people's door to organisations."""

from tests.support.doors import Doors

NEW = {"code": "CCC", "name": "Ceredigion <b>", "kind": "health_board", "nation": "Wales", "parent": ""}


def test_it_sends_a_stranger_to_sign_in_and_back(doors: Doors) -> None:
    answer = doors.anybody().get("/organisations?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/organisations%3Fx%3D1")


def test_it_adds_an_organisation_and_shows_its_name_as_text(doors: Doors) -> None:
    adam = doors.as_("adam")
    answer = adam.post("/organisations/new", data=NEW)
    assert answer.headers["location"] == "/organisations/CCC"
    assert "Ceredigion &lt;b&gt;" in adam.get("/organisations/CCC").text


def test_it_keeps_what_was_typed_beside_the_sentence(doors: Doors) -> None:
    answer = doors.as_("adam").post("/organisations/new", data=NEW | {"code": "AAA"})
    assert answer.status_code == 409
    assert "There is an organisation with the code AAA already." in answer.text
    assert 'value="Ceredigion &lt;b&gt;"' in answer.text


def test_it_hides_the_form_from_those_who_may_only_read(doors: Doors) -> None:
    violet = doors.as_("violet")
    assert "/organisations/new" not in violet.get("/organisations").text
    assert violet.post("/organisations/new", data=NEW).status_code == 403
