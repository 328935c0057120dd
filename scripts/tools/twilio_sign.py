"""X-Twilio-Signature, written from Twilio's description of it."""

import base64
import hashlib
import hmac


def sign(token, url, fields):
    """Base64 of HMAC-SHA1 over the URL and the sorted names and values; a pair that is repeated counts once."""
    text = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


if __name__ == "__main__":
    # The published vector, and one with repeated names.
    got = sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", [
        ("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"),
        ("From", "+14158675309"), ("To", "+18005551212")])
    assert got == "RSOYDt4T1cUTdK1PDd93/VVr8B8=", got
    got = sign("tok", "https://x.example/", [("A", "b"), ("A", "a"), ("A", "a"), ("C", "d")])
    assert got == "OPYwe6V7J5/hdMK6Y5sydkBjmeY=", got
    print("2 passed, 0 failed")
