"""The topic of a question in a few words, for an opening that has nothing warmer to say.

The model only chooses: code cuts the phrases out of the entry's approved question, the grammar allows nothing
else, and what comes back is verified all the same, because an endpoint may ignore the grammar.
"""

import json
import re

from app.drafting.occasions import asks_calmly, speaks_of_trouble
from app.drafting.tasks import DraftingTask
from app.drafting.voice import Voice
from app.llm.faults import ModelFault
from app.llm.gateway import Gateway
from app.llm.prompts import render_prompt

MOST_WORDS = 5
MOST_TOKENS = 24

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
DETERMINERS = {"a": "a", "an": "an", "the": "the", "my": "your", "our": "your"}  # as the brand would say it
# Inside a phrase, never at its end.
LINKS = frozenset({"and", "at", "for", "in", "of", "on", "the", "a", "an", "to", "with"})

# Words that begin no topic and are none: helping words, pronouns, and the verbs of customers' questions.
OTHERS = """
about accept after again against all allowed also am another answers any appeal apply are arrive as
ask baby back be because been before being book booked bring buy by call came can cancelled cannot
carry change changing charge charged claim collect come complain contact cost could damaged deaf
delete did do does done drink early else end enough ever every everywhere film find foot forgot found
from gave get give go going got had hand happens harassing hard has have he hear help helps here
high hold how i if instead is it its keep know large late later leave leaves left let long lose lost
make many may me mean miss missed more most much must my need no not now off offer often one or
other others ought our over overnight paid pay paying pays person please print questions reach
report reserve reset running sail same say see seen send shall she should show sign small so some
somebody something soon start step-free still stop stranded suspicious take tell than that their
them then there these they think this those time too took travel travels twice until upgrade us use
used want was way ways we were what when where whether which who whom whose why will work works
would yes yet you your
"""
NO_TOPIC = frozenset(OTHERS.split())


def choose_topic(task: DraftingTask, *, voice: Voice, gateway: Gateway) -> str | None:
    """A verified topic, or None where thanks would be out of place, the question offers none or the model
    gave nothing usable.

    Raises `ModelFault` when the model is not there.
    """
    question = task.evidence[0].question
    if not asks_calmly(task.customer_text) or speaks_of_trouble(question):
        return None
    choices = [topic for topic in topics_in(question) if is_sound(topic, task=task, voice=voice)]
    if not choices:
        return None
    prompt = render_prompt("topic", customer_text=task.customer_text[:500], question=question)
    try:
        topic = gateway.ask(
            prompt, None, grammar=_grammar(choices), max_tokens=MOST_TOKENS, message_id=task.message_id
        )
    except ModelFault as fault:
        if fault.is_absence:
            raise
        return None
    return topic if is_sound(topic, task=task, voice=voice) else None


def topics_in(question: str) -> list[str]:
    """Phrases of up to five words that could name what the question is about, in the order they stand."""
    found: dict[str, None] = {}
    for clause in re.split(r"[^\w'\u2019\- ]+", question):
        words = clause.split()
        if "or" in words:
            continue  # half of "a car, van or motorbike" would name what the customer did not ask about
        for run in _runs(words):
            topic = _shortened(run)
            if _stands_alone(topic):
                found[" ".join(topic)] = None
    return list(found)


def is_sound(topic: str, *, task: DraftingTask, voice: Voice) -> bool:
    """Whether the topic may be printed: few words, none new, no number, nothing banned, no odd capital."""
    words = topic.split()
    source = WORD.findall(f"{task.evidence[0].question} {task.customer_text}")
    known = {word.lower() for word in source}
    names = {word for word in source if word != word.lower()}
    content = [word for word in words if word not in LINKS and word not in DETERMINERS.values()]
    return (
        1 <= len(words) <= MOST_WORDS
        and bool(content)
        and all(WORD.fullmatch(word) for word in words)
        and all(word.lower() in known for word in content)
        and all(word == word.lower() or word in names for word in words)
        and not voice.banned_in(topic)
    )


def _runs(words: list[str]) -> list[list[str]]:
    """Longest stretches that begin and end with a content word, each with the determiner before it."""
    runs: list[list[str]] = []
    run: list[str] = []
    for position, word in enumerate(words):
        if _is_content(word, first=position == 0):
            if not run and position and (determiner := DETERMINERS.get(words[position - 1].lower())):
                run = [determiner]
            run.append(word)
        elif run and word.lower() in LINKS:
            run.append(word)
        elif run:
            runs.append(run)
            run = []
    return [*runs, run]


def _is_content(word: str, *, first: bool) -> bool:
    if first and word != word.lower():  # "Children", "Is": a capital that only opens the sentence
        return False
    return WORD.fullmatch(word) is not None and word.lower() not in NO_TOPIC and word.lower() not in LINKS


def _shortened(run: list[str]) -> list[str]:
    """The run up to five words, cut before a linking word, so that no phrase is cut in the middle."""
    while run and (len(run) > MOST_WORDS or run[-1].lower() in LINKS):
        links = [place for place, word in enumerate(run) if place and word.lower() in LINKS]
        run = run[: links[-1]] if links else []
    return run


def _stands_alone(topic: list[str]) -> bool:
    """Whether it says enough after "about": "your bike on the boat" does, "a train" and "the port" do not."""
    named = [word for word in topic if word.lower() not in LINKS and word not in DETERMINERS.values()]
    return len(named) > 1


def _grammar(choices: list[str]) -> str:
    """One of the choices, nothing else. No bounded repeats: llama.cpp falls to 1 token a second with them."""
    return "root ::= " + " | ".join(json.dumps(f" {choice}\n", ensure_ascii=False) for choice in choices)
