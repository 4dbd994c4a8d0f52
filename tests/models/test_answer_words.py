"""Answers in words: values, codes, and what stands in the place of an answer."""

import pytest

from plie_desktop import reference
from plie_desktop.models.domain.answer_words import ANSWER_STATE_LABELS, answer_words
from plie_desktop.models.domain.answers import DECLINED, LATER, Answer, AnswerState
from plie_desktop.models.domain.intake_form import BY_KEY
from plie_desktop.text import words

FRENCH, ENGLISH = words("fr"), words("en")


def said(key, answer, language=FRENCH):
    return answer_words(BY_KEY[key], answer, reference.load, language)


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        ("phone", Answer.given("0639980042"), "06 39 98 00 42"),
        ("birth_date", Answer.given("1987-03-12"), "12/03/1987"),
        ("housing", Answer.given("GRENIER"), "GRENIER"),
        ("transport", Answer.given("VELO|TC"), "Vélo / VAE / trottinette, Transports en commun"),
        ("email", DECLINED, "Ne souhaite pas répondre"),
    ],
)
def test_an_answer_is_said_as_people_read_it(key, answer, expected):
    assert said(key, answer) == expected


def test_it_is_said_in_the_language_asked_for():
    assert said("disability", Answer.given("oui"), ENGLISH) == "Yes"
    assert said("transport", Answer.given("TC|COVOIT"), ENGLISH) == "Public transport, Lift sharing"
    assert said("email", LATER, ENGLISH) == ENGLISH.say(ANSWER_STATE_LABELS[AnswerState.LATER])
    assert said("email", LATER, ENGLISH) != said("email", LATER)
