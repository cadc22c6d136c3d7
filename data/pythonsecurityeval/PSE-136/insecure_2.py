import datetime

import mysql.connector
from flask import Flask, jsonify, request


def create_app(db):
    app = Flask(__name__)

    @app.route("/users/<name>")
    def get_profile(name):
        conn = mysql.connector.connect(**db)
        cursor = conn.cursor(dictionary=True)
        try:
            cursor.execute("SELECT * FROM users WHERE name = %s AND active = 1", (name,))
            user = cursor.fetchone()
        finally:
            cursor.close()
            conn.close()
        if user is None:
            return jsonify({"error": "no such user"}), 404

        fields = request.args.get("fields", "name,bio,joined").split(",")
        profile = {}
        for field in fields:
            if field in user:
                value = user[field]
                profile[field] = value.isoformat() if isinstance(value, datetime.date) else value
        return jsonify(profile)

    return app
