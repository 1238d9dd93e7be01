#!/usr/bin/env python3
"""A link that takes its time: slow.py PORT TO_PORT MILLISECONDS. What comes from either side goes on half of that later."""

import asyncio
import socket
import sys

PORT, TO, DELAY = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 2000


async def pass_on(reader, writer):
    loop = asyncio.get_running_loop()

    def write(data):
        if not writer.is_closing():
            writer.write(data)

    while data := await reader.read(65536):
        # All of it is late by the same time, so nothing overtakes.
        loop.call_later(DELAY, write, data)
    loop.call_later(DELAY, writer.close)


async def joined(reader, writer):
    to_reader, to_writer = await asyncio.open_connection("127.0.0.1", TO)
    for end in (writer, to_writer):
        end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    both = await asyncio.gather(pass_on(reader, to_writer), pass_on(to_reader, writer), return_exceptions=True)
    del both


async def main():
    async with await asyncio.start_server(joined, "127.0.0.1", PORT) as server:
        await server.serve_forever()


asyncio.run(main())
