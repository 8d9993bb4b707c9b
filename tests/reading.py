"""Pages as a reader meets them: tags, numbers with their values, words."""

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """Reads a page: tags, the values of its numbers, and all text outside the style."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.values, self.words, self._open = [], [], [], [], []
        self.feed(markup)

    def handle_starttag(self, name, attributes):
        self.tags.append(name)
        self.attributes += attributes
        self._open.append(name)
        if name == "data":
            self.values.append(float(dict(attributes)["value"]))

    def handle_startendtag(self, name, attributes):
        self.tags.append(name)
        self.attributes += attributes

    def handle_endtag(self, name):
        while self._open and self._open.pop() != name:
            pass

    def handle_data(self, data):
        if "style" not in self._open:
            self.words.append((tuple(self._open), data))

    @property
    def text(self):
        """Give the words that a person reads, in one line."""
        return re.sub(r"\s+", " ", "".join(said for _, said in self.words))
