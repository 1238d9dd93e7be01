// Sends the messages that mail.py wrote down: node send.js FOLDER PORT HOW_MANY. Sixteen connections stay open, and the
// templates are compiled once.
"use strict";

const fs = require("fs");
const path = require("path");
const Handlebars = require("handlebars");
const nodemailer = require("nodemailer");

const [folder, port, most] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const { messages, blocks } = JSON.parse(read("messages.json"));
const text = Handlebars.compile(read("mail.txt.hbs"), { noEscape: true });
const html = Handlebars.compile(read("mail.html.hbs"));

const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port,
  pool: true,
  maxConnections: 16,
  maxMessages: Infinity,
  secure: false,
  ignoreTLS: true,
  disableFileAccess: true,
  disableUrlAccess: true,
});

function send(message) {
  const told = (which) => ({ name: message.name, url: message.url, blocks: message[which].map((at) => blocks[at]) });
  return transport.sendMail({
    envelope: { from: message.from, to: message.to },
    from: message.sender,
    to: message.to,
    replyTo: message.reply_to,
    subject: message.subject,
    messageId: message.message_id,
    text: text(told("text")),
    html: html(told("html")),
    headers: {
      "Auto-Submitted": "auto-generated",
      "List-Id": message.list_id,
      "List-Unsubscribe": { prepared: true, value: message.unsubscribe },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Content-Language": "en",
    },
  });
}

async function main() {
  let next = 0;
  // Twice as many as there are connections wait, so that none of these is ever idle.
  const worker = async () => {
    while (next < most) {
      await send(messages[next++ % messages.length]);
    }
  };
  const [began, used] = [process.hrtime.bigint(), process.cpuUsage()];
  await Promise.all(Array.from({ length: 32 }, worker));
  const cpu = process.cpuUsage(used);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  transport.close();
  console.log(JSON.stringify({ messages: most, seconds, cpu: (cpu.user + cpu.system) / 1e6 }));
}

main();
