"""What web and api share: sessions, sign-in, problem answers."""
