"""Words as vectors in a browser: the cloud is trained, played, turned and walked, and neighbours change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import running
from tests.browser.driving import Server, rerun
from tests.patience import eventually

ADDRESS = "embeddings?lang=en&at=training&embeddings_steps=200&embeddings_seed=21"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A run is trained here: nobody else's may be there."""
    yield from running(tmp_path_factory.mktemp("runs"))


def _cloud(lesson: Page) -> Locator:
    return lesson.locator(".st-key-embeddings_cloud .clearhead-cloud")


def _near(lesson: Page) -> list[str]:
    return _cloud(lesson).locator(".near li b").all_inner_texts()


def test_vectors_are_trained_and_their_neighbours_change(lesson: Page) -> None:
    box = lesson.locator(".st-key-bet_embeddings_bet_close")
    box.get_by_role("radio").nth(1).click()
    with rerun(lesson):
        box.get_by_role("button", name="Place the bet").click()
    lesson.locator(".st-key-embeddings_train button:visible").first.click()
    cloud = _cloud(lesson)
    expect(cloud).to_have_attribute("data-step", "200")
    trained = _near(lesson)
    assert len(trained) == 6
    assert len({*trained} & {"cat", "horse", "frog", "toad", "rabbit", "bird", "sparrow"}) >= 1
    slider = lesson.locator(".st-key-embeddings_scrubber input")
    slider.focus()
    lesson.keyboard.press("Home")
    expect(cloud).to_have_attribute("data-step", "0")
    assert _near(lesson) != trained, "before the training the nearest are others"
    lesson.keyboard.press("End")
    expect(cloud).to_have_attribute("data-step", "200")
    eventually(lambda: _near(lesson) == trained, "the neighbours of the last step")


def test_the_training_is_played_and_ends_where_it_was(lesson: Page) -> None:
    cloud = _cloud(lesson)
    lesson.evaluate(
        """() => {
            const cloud = document.querySelector(".st-key-embeddings_cloud .clearhead-cloud");
            window.seen = new Set();
            new MutationObserver(() => window.seen.add(cloud.dataset.step))
                .observe(cloud, {attributes: true});
        }"""
    )
    cloud.get_by_role("button", name="Play the training").click()
    expect(cloud.get_by_role("button", name="Stop")).to_be_visible()
    expect(cloud.get_by_role("button", name="Play the training")).to_be_visible()
    expect(cloud).to_have_attribute("data-step", "200")
    assert lesson.evaluate("window.seen.size") > 5


def test_a_neighbour_is_chosen_and_the_address_says_it(lesson: Page) -> None:
    cloud = _cloud(lesson)
    first = cloud.locator(".near li button").first
    word = first.locator("b").inner_text()
    with rerun(lesson):
        first.click()
    expect(lesson.get_by_label("Whose nearest words?")).to_have_value(word)
    expect(cloud.locator(".near p")).to_contain_text(f"“{word}”")
    assert f"embeddings_word={word}" in lesson.url


def test_the_cloud_is_walked_by_keyboard_and_turned_in_space(lesson: Page) -> None:
    cloud = _cloud(lesson)
    stage = cloud.locator(".stage")
    stage.focus()
    before = cloud.locator(".said").inner_text()
    lesson.keyboard.press("ArrowLeft")
    eventually(lambda: cloud.locator(".said").inner_text() not in ("", before), "another word")
    word = cloud.locator(".said").inner_text().split(":")[0]
    with rerun(lesson):
        lesson.keyboard.press("Enter")
    expect(cloud.locator(".near p")).to_contain_text(f"“{word}”")
    with rerun(lesson):
        cloud.get_by_role("button", name="In space").click()
    stage.focus()
    place = cloud.locator(".marks g.chosen").get_attribute("transform")
    lesson.keyboard.press("Shift+ArrowRight")
    assert cloud.locator(".marks g.chosen").get_attribute("transform") != place
    assert "embeddings_space" in lesson.url


def test_a_group_stands_out(lesson: Page) -> None:
    cloud = _cloud(lesson)
    animals = cloud.locator(".legend button", has_text="animals").first
    animals.click()
    expect(animals).to_have_attribute("aria-pressed", "true")
    faded = cloud.locator('.marks g[opacity="0.1"]').count()
    assert faded > 100
    animals.click()
    expect(animals).to_have_attribute("aria-pressed", "false")
    assert cloud.locator('.marks g[opacity="0.1"]').count() == 0
