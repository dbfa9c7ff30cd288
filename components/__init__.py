"""What the dashboard is made of; imports between its packages run one way, see docs/."""
