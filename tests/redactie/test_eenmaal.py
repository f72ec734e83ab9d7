"""Who presses a button of the admin twice sends its form once."""

from __future__ import annotations

from django.conf import settings

SCRIPT = settings.BASE_DIR / "static/js/admin-eenmaal.js"
FORM = """
<form method="post" target="{target}"><button>Opslaan</button></form>
<iframe name="elders"></iframe>
<script>
  sent = [];
  // After the script: what still goes is counted, and stays here.
  begin = () => addEventListener("submit", (event) => {{
    sent.push(event.submitter?.textContent);
    event.preventDefault();
  }});
</script>
"""


def pressed(page, *, target: str = "", wait: int = 60) -> int:
    page.set_content(FORM.format(target=target))
    page.add_script_tag(path=SCRIPT)
    page.evaluate("begin()")
    button = page.get_by_role("button")
    button.click()
    page.wait_for_timeout(wait)
    button.click()
    return len(page.evaluate("sent"))


def test_twice_is_once_until_it_is_meant(page):
    assert pressed(page) == 1
    assert pressed(page, wait=1100) == 2
    assert pressed(page, target="elders") == 2


def test_every_page_of_the_admin_has_it_also_the_one_to_sign_in(client, db):
    assert "js/admin-eenmaal" in client.get("/admin/login/").text
