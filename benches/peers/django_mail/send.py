"""Sends the messages that mail.py wrote down: send.py FOLDER PORT HOW_MANY. One connection stays open, and the templates
are compiled once."""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template import engines

FOLDER, PORT, MOST = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

settings.configure(
    USE_TZ=True,
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=PORT,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

told = json.loads((FOLDER / "messages.json").read_text())
blocks, messages = told["blocks"], told["messages"]
text = engines["django"].from_string((FOLDER / "mail.txt.django").read_text())
html = engines["django"].from_string((FOLDER / "mail.html.django").read_text())


def message(of, connection):
    def words(template, which):
        return template.render({"name": of["name"], "url": of["url"], "blocks": [blocks[at] for at in of[which]]})

    mail = EmailMultiAlternatives(
        of["subject"], words(text, "text"), of["sender"], [of["to"]], reply_to=[of["reply_to"]], connection=connection,
        headers={
            "Message-ID": of["message_id"],
            "Auto-Submitted": "auto-generated",
            "List-Id": of["list_id"],
            "List-Unsubscribe": of["unsubscribe"],
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": "en",
        },
    )
    mail.attach_alternative(words(html, "html"), "text/html")
    return mail


began, used = time.perf_counter(), time.process_time()
connection = get_connection()
connection.open()
for number in range(MOST):
    connection.send_messages([message(messages[number % len(messages)], connection)])
connection.close()
print(json.dumps({"messages": MOST, "seconds": time.perf_counter() - began, "cpu": time.process_time() - used}))
