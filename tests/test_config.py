import json
from dataclasses import replace

import pytest

from trainer.config import Settings, load_settings, save_settings
from trainer.errors import ConfigError
from trainer.paths import Home


def test_settings_come_back_as_they_were_saved(home: Home) -> None:
    settings = Settings("light", 7, False, answer="voice", device="USB mic", model="builtin")
    settings = replace(settings, examples_offered=("star", "ownership"))
    save_settings(home, settings)
    assert load_settings(home) == (settings, None)
    assert home.config_file.stat().st_mode & 0o777 == 0o600
    assert home.root.stat().st_mode & 0o777 == 0o700


def test_no_file_means_defaults_and_makes_nothing(home: Home) -> None:
    assert load_settings(home) == (Settings(), None)
    assert not home.root.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"theme":' + b"[" * 100_000],
)
def test_a_file_that_is_not_settings_is_named_and_not_touched(home: Home, content: bytes) -> None:
    home.prepare()
    home.config_file.write_bytes(content)
    settings, complaint = load_settings(home)
    assert settings == Settings()
    assert complaint
    assert str(home.config_file) in complaint
    assert home.config_file.read_bytes() == content


def test_a_folder_in_the_place_of_the_file(home: Home) -> None:
    home.config_file.mkdir(parents=True)
    assert load_settings(home)[1]
    with pytest.raises(ConfigError):
        save_settings(home, Settings())
    assert not list(home.root.glob("*.partial"))


def test_a_wrong_value_leaves_the_others(home: Home) -> None:
    home.prepare()
    home.config_file.write_text(
        json.dumps(
            {
                "theme": "pink",
                "questions": True,
                "preparation": False,
                "examples_offered": [1],
                "later": 1,
            }
        )
    )
    settings, complaint = load_settings(home)
    assert settings == Settings(preparation=False)
    assert complaint
    assert "theme" in complaint
    assert "questions" in complaint
    assert "examples_offered" in complaint
    save_settings(home, settings)
    assert json.loads(home.config_file.read_text())["later"] == 1


@pytest.mark.parametrize(
    "wrong",
    [{"answer": "sung"}, {"answer": None}, {"answer": []}, {"device": ""}, {"device": 0},
     {"model": " "}, {"model": ["builtin"]}, {"model": "a\0b"}, {"model": "\ud800"},
     {"name": 3}, {"name": "Ann\n"}, {"name": "A" * 41}],
)  # fmt: skip
def test_a_wrong_choice_about_the_voice_is_not_used(home: Home, wrong: dict[str, object]) -> None:
    home.prepare()
    home.config_file.write_text(json.dumps({"questions": 7} | wrong))
    settings, complaint = load_settings(home)
    assert settings == Settings(questions=7)
    assert complaint
    assert next(iter(wrong)) in complaint


def test_settings_that_do_not_fit_are_not_saved(home: Home) -> None:
    with pytest.raises(ConfigError):
        save_settings(home, Settings(questions=0))
    assert not home.config_file.exists()


def test_a_damaged_file_is_kept_when_settings_are_saved(home: Home) -> None:
    home.prepare()
    for content in ("{", "["):
        home.config_file.write_text(content, encoding="utf-8")
        save_settings(home, Settings(questions=7))
        assert load_settings(home) == (Settings(questions=7), None)
    kept = sorted(home.root.glob("config.json.damaged*"))
    assert [path.read_text(encoding="utf-8") for path in kept] == ["{", "["]
