"""Compiled templates, kept beside the masters: compiling them takes longer than running."""

from jinja2.bccache import Bucket, BytecodeCache

from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.master_key import master_key


class Bytecode(BytecodeCache):
    """What Jinja makes of a template depends on our press too: typography is compiled in."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := recall(_name(bucket)):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(_name(bucket), bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return f"{master_key(bucket.key)}.jinja"
