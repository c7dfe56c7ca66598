"""Tables of news agencies, and of the words with which one outlet credits another."""

from __future__ import annotations

# How each agency is written in bylines and texts; the first name is the one that is shown.
WIRES = (
    ("Reuters", "Thomson Reuters"),
    ("Associated Press", "AP"),
    ("AFP", "Agence France-Presse", "Agence France Presse"),
    ("Bloomberg", "Bloomberg News"),
    ("UPI", "United Press International"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("APA", "Austria Presse Agentur"),
    ("EFE", "Agencia EFE"),
    ("ANSA",),
    ("PA Media", "Press Association", "PA news agency"),
    ("TASS", "ITAR-TASS"),
    ("RIA Novosti",),
    ("Interfax",),
    ("Xinhua", "Xinhua News Agency"),
    ("Kyodo", "Kyodo News"),
    ("Yonhap",),
    ("Anadolu", "Anadolu Agency"),
    ("PTI", "Press Trust of India"),
    ("ANI", "Asian News International"),
    ("Canadian Press", "The Canadian Press"),
    ("AAP", "Australian Associated Press"),
)
# Before the other's name.
NAMED_AFTER = (
    r"(?:according to|citing|cited by|as reported by|reported by|quoted by|quoting|via|told|"
    r"in an interview with|in a report by|in a statement to|speaking to|spoke to)"
)
# After it.
NAMED_BEFORE = r"(?:(?:first|has|had|also|earlier|news agency|newspaper)\s+){0,2}(?:reported|reports|quoted|cited)"
